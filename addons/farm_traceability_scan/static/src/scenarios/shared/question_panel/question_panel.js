import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScanTarget} from "../../../app/hooks";
import {ChoiceList} from "../../../shell/choice_list/choice_list";
import {Panel} from "../../../shell/panel/panel";

const TITLES = {meaning: _t("Which one?"), reason: _t("Why?")};

/** What the server asks before it does what was scanned. */
export class QuestionPanel extends Component {
    static template = "farm_traceability_scan.QuestionPanel";
    static components = {ChoiceList, Panel};
    static props = {
        record: Object,
        reply: Function,
        close: Function,
    };

    setup() {
        this.state = useState({chosen: null, note: ""});
        this.note = useRef("note");
        useEffect(
            (field) => field?.focus(),
            () => [this.note.el]
        );
        useScanTarget({onCommand: (name) => name === "OK" && this.accept()});
    }

    get question() {
        return this.props.record.answer.question;
    }

    get title() {
        return String(TITLES[this.question.kind] ?? this.props.record.sent.text);
    }

    get needsNote() {
        return Boolean(this.state.chosen?.needs_note);
    }

    get isReady() {
        return Boolean(
            this.state.chosen && (!this.needsNote || this.state.note.trim())
        );
    }

    /** One thing at a time: while the note is written, the others are away. */
    get choices() {
        return this.needsNote ? [this.state.chosen] : this.question.choices;
    }

    /** Without a note to be written, a choice is the answer; once more takes it back. */
    choose(choice) {
        if (this.needsNote) {
            this.state.chosen = null;
            return;
        }
        this.state.chosen = choice;
        if (!choice.needs_note) {
            this.accept();
        }
    }

    accept() {
        if (this.isReady) {
            this.props.reply(this.props.record, this.answer);
        }
        return true;
    }

    get answer() {
        const {key} = this.state.chosen;
        if (this.question.kind === "reason") {
            return {reason_id: Number(key), note: this.state.note.trim()};
        }
        return {choice: key};
    }
}
