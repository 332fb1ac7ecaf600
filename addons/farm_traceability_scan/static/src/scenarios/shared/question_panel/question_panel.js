import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScanTarget} from "../../../app/hooks";
import {ChoiceList} from "../../../shell/choice_list/choice_list";
import {Keypad} from "../../../shell/keypad/keypad";
import {Panel} from "../../../shell/panel/panel";

const TITLES = {
    meaning: _t("Which one?"),
    reason: _t("Why?"),
    note: _t("Why?"),
    confirm: _t("Are you sure?"),
    quantity: _t("How many?"),
};
/** What is said most often, so that nobody has to type with gloves on. */
const NOTES = [
    _t("Damaged"),
    _t("Rotten or mouldy"),
    _t("Was too warm"),
    _t("Wrong label"),
];
/** What goes back to the server of what the person has said, by the question's kind. */
const ANSWERS = {
    meaning: ({key}) => ({choice: key}),
    reason: ({key, note}) => ({reason_id: Number(key), note}),
    note: ({note}) => ({note}),
    confirm: ({question}) => ({confirm: question.confirm}),
};

/** What the server asks before it does what was scanned. */
export class QuestionPanel extends Component {
    static template = "farm_traceability_scan.QuestionPanel";
    static components = {ChoiceList, Keypad, Panel};
    static props = {
        record: Object,
        reply: Function,
        close: Function,
    };

    setup() {
        this.state = useState({chosen: null, note: ""});
        this.note = useRef("note");
        useEffect(
            (field) => this.kind === "reason" && field?.focus(),
            () => [this.note.el]
        );
        useScanTarget({onCommand: (name) => name === "OK" && this.acceptOrLeave()});
    }

    /** A quantity is its keypad's to accept. */
    acceptOrLeave() {
        return this.kind !== "quantity" && this.accept();
    }

    get question() {
        return this.props.record.answer.question;
    }

    get kind() {
        return this.question.kind;
    }

    get title() {
        return String(TITLES[this.kind] ?? this.props.record.sent.text);
    }

    /** One thing at a time: while a reason's note is written, the others are away. */
    get choices() {
        const {chosen} = this.state;
        if (this.kind === "note") {
            return NOTES.map((note) => ({key: String(note), name: String(note)}));
        }
        return chosen?.needs_note ? [chosen] : this.question.choices;
    }

    get needsNote() {
        return this.kind === "note" || Boolean(this.state.chosen?.needs_note);
    }

    get hasButton() {
        return this.needsNote || this.kind === "confirm";
    }

    get noteLabel() {
        return this.kind === "note" ? _t("Or in your own words") : _t("What happened?");
    }

    get isReady() {
        const {chosen, note} = this.state;
        if (this.kind === "confirm") {
            return true;
        }
        const hasNote = !this.needsNote || Boolean(note.trim());
        return hasNote && (this.kind === "note" || Boolean(chosen));
    }

    /** Without a note to be written, a choice is the answer; once more takes it back. */
    choose(choice) {
        if (this.state.chosen?.needs_note) {
            this.state.chosen = null;
            return;
        }
        this.state.chosen = choice;
        if (this.kind === "note") {
            this.state.note = choice.name;
        }
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
        const {kind, question} = this;
        const {chosen, note} = this.state;
        return ANSWERS[kind]({key: chosen?.key, note: note.trim(), question});
    }

    answerQuantity(quantity) {
        this.props.reply(this.props.record, {quantity});
    }
}
