# The agent of a device. In a container it is for trying it with the virtual reader, or
# for a gate whose reader is passed in; on a device itself take edge/systemd.
FROM python:3.13.5-slim-bookworm

# nfcpy opens USB readers by it
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libusb-1.0-0 \
    && rm -r /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/farm-edge farm-edge
COPY dev/requirements.lock /tmp/requirements.lock
COPY lib/farmtag /tmp/farmtag
COPY edge /tmp/edge
RUN pip install --no-cache-dir --constraint /tmp/requirements.lock \
        /tmp/farmtag /tmp/edge \
    && rm -r /tmp/requirements.lock /tmp/farmtag /tmp/edge
USER farm-edge
ENV FARM_EDGE_STORE=/var/lib/farm-edge/store.db
VOLUME /var/lib/farm-edge
EXPOSE 8070
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8070/', timeout=4)"]
ENTRYPOINT ["farm-edge"]
# In a container the way in comes from outside; publish it on loopback only.
CMD ["run", "--host", "0.0.0.0", "--port", "8070"]
