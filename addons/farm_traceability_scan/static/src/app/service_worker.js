/* global clients */
// Keeps the page of the scan screens and what it is made of. The page comes from the
// network where there is one, so that a login or an update is seen at once; its parts
// have names of their own for each version, and come from the device.
const STORE = "farm_scan";
const PAGE = "/farm/scan";
const PARTS = /^\/(web\/assets|web\/static|farm_[a-z_]+\/static|farm\/scan\/manifest)/;
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (ev) => ev.waitUntil(clients.claim()));

self.addEventListener("message", (ev) => {
    if (ev.data.keep) {
        ev.waitUntil(keepOnly(ev.data.keep));
    }
});

self.addEventListener("fetch", (ev) => {
    const {request} = ev;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) {
        return;
    }
    if (url.pathname === PAGE) {
        ev.respondWith(pageOf(request));
    } else if (PARTS.test(url.pathname)) {
        ev.respondWith(partOf(request));
    }
});

async function pageOf(request) {
    const store = await caches.open(STORE);
    const kept = await store.match(PAGE);
    try {
        const response = await inTime(fetch(request), kept && PATIENCE);
        if (isPage(response)) {
            await store.put(PAGE, response.clone());
        }
        return response.status >= 500 && kept ? kept : response;
    } catch (error) {
        if (kept) {
            return kept;
        }
        throw error;
    }
}

async function partOf(request) {
    const store = await caches.open(STORE);
    const kept = await store.match(request);
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    if (response.ok) {
        await store.put(request, response.clone());
    }
    return response;
}

/** Keeps these, and nothing of earlier versions. */
async function keepOnly(addresses) {
    const store = await caches.open(STORE);
    const wanted = new Set(addresses.map((one) => new URL(one, location).href));
    for (const address of wanted) {
        if (!(await store.match(address))) {
            const response = await fetch(address, {credentials: "same-origin"});
            if (isPage(response)) {
                await store.put(address, response);
            }
        }
    }
    for (const request of await store.keys()) {
        if (request.url.includes("/web/assets/") && !wanted.has(request.url)) {
            await store.delete(request);
        }
    }
}

/** Not the login, to which who is logged out is sent. */
function isPage(response) {
    return response.ok && !response.redirected && response.type === "basic";
}

function inTime(answer, patience) {
    if (!patience) {
        return answer;
    }
    const late = new Promise((_resolve, reject) => {
        setTimeout(() => reject(new Error("late")), patience);
    });
    return Promise.race([answer, late]);
}
