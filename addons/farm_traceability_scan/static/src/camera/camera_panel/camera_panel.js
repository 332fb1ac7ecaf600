import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {useScan} from "../../app/hooks";
import {Icon} from "../../shell/icon/icon";
import {Panel} from "../../shell/panel/panel";
import {OncePerLook, makeDetector} from "../detector";

/** Ms between two looks at the picture. */
const PAUSE = 120;

/** The device's camera; scans one symbol after another until it is closed. */
export class CameraPanel extends Component {
    static template = "farm_traceability_scan.CameraPanel";
    static components = {Icon, Panel};
    static props = {close: Function};

    setup() {
        this.scan = useScan();
        this.video = useRef("video");
        this.once = new OncePerLook();
        this.state = useState({
            problem: "",
            isReady: false,
            hasTorch: false,
            isLit: false,
        });
        onMounted(() => this.start());
        onWillUnmount(() => this.stop());
    }

    async start() {
        try {
            this.stream = await browser.navigator.mediaDevices.getUserMedia({
                video: {facingMode: "environment", width: {ideal: 1280}},
                audio: false,
            });
            this.detector = await makeDetector();
        } catch (error) {
            this.state.problem = this.problemOf(error);
            return;
        }
        if (this.isStopped) {
            this.stop();
            return;
        }
        this.state.hasTorch = Boolean(this.track.getCapabilities?.().torch);
        this.video.el.srcObject = this.stream;
        await this.video.el.play();
        this.state.isReady = true;
        this.look();
    }

    stop() {
        this.isStopped = true;
        browser.clearTimeout(this.timer);
        this.stream?.getTracks().forEach((track) => track.stop());
    }

    get track() {
        return this.stream.getVideoTracks()[0];
    }

    problemOf(error) {
        if (!browser.navigator.mediaDevices) {
            return _t("The camera works only at a safe address (https).");
        }
        const texts = {
            NotAllowedError: _t(
                "The browser may not use the camera. Allow it in its settings."
            ),
            NotFoundError: _t("This device has no camera."),
            NotReadableError: _t("Another app uses the camera."),
        };
        return texts[error.name] ?? _t("The camera does not start: %s", error.message);
    }

    async look() {
        const found = await this.detect();
        const now = browser.performance.now();
        for (const {rawValue} of found) {
            if (rawValue && this.once.isNew(rawValue, now)) {
                this.scan.feed(rawValue, "camera");
            }
        }
        if (!this.isStopped) {
            this.timer = browser.setTimeout(() => this.look(), PAUSE);
        }
    }

    /** A picture that cannot be read now is followed by another one. */
    async detect() {
        try {
            return await this.detector.detect(this.video.el);
        } catch {
            return [];
        }
    }

    toggleTorch() {
        this.state.isLit = !this.state.isLit;
        this.track.applyConstraints({advanced: [{torch: this.state.isLit}]});
    }
}
