/**
 * What a device keeps, in IndexedDB: `events` as they were scanned, by the order of
 * scanning (`seq`), and `kept`, what the server said last, for work without network.
 */
const VERSION = 1;

export class Database {
    /** @param {string} name */
    constructor(name) {
        this.name = name;
    }

    async open() {
        const asked = indexedDB.open(this.name, VERSION);
        asked.onupgradeneeded = () => create(asked.result);
        this.db = await done(asked);
        // Another tab has a newer version of the screens: it goes first.
        this.db.onversionchange = () => this.db.close();
        return this;
    }

    close() {
        this.db.close();
    }

    // -- events ---------------------------------------------------------------------

    /**
     * @param {Object} record
     * @returns {Promise<Object>} the record with its `seq`, once it is on the disk
     */
    async addEvent(record) {
        const transaction = this.write("events");
        const added = transaction.objectStore("events").add(record);
        await finished(transaction);
        return {...record, seq: added.result};
    }

    async putEvents(records) {
        const transaction = this.write("events");
        records.forEach((record) => transaction.objectStore("events").put(record));
        await finished(transaction);
    }

    async removeEvents(records) {
        const transaction = this.write("events");
        records.forEach(({seq}) => transaction.objectStore("events").delete(seq));
        await finished(transaction);
    }

    /** All events, in the order in which they were scanned. */
    allEvents() {
        return done(this.read("events").getAll());
    }

    /** Events that wait, of one user, in their order. */
    async waitingEvents(userId, limit) {
        const index = this.read("events").index("by_state");
        const key = IDBKeyRange.only([userId, "waiting"]);
        return done(index.getAll(key, limit));
    }

    // -- kept -----------------------------------------------------------------------

    /** @param {Array} key such as `[userId, "sheet", "pick", 12]` */
    async keep(key, value) {
        const transaction = this.write("kept", "default");
        transaction.objectStore("kept").put({key, value, at: Date.now()});
        await finished(transaction);
    }

    async kept(key) {
        const found = await done(this.read("kept").get(key));
        return found?.value;
    }

    async keptKeys() {
        return done(this.read("kept").getAllKeys());
    }

    async drop(key) {
        const transaction = this.write("kept", "default");
        transaction.objectStore("kept").delete(key);
        await finished(transaction);
    }

    async dropBefore(moment) {
        const transaction = this.write("kept", "default");
        const store = transaction.objectStore("kept");
        const old = IDBKeyRange.upperBound(moment);
        const keys = await done(store.index("by_age").getAllKeys(old));
        keys.forEach((key) => store.delete(key));
        await finished(transaction);
    }

    // -- transactions ---------------------------------------------------------------

    read(name) {
        return this.db.transaction(name).objectStore(name);
    }

    /** What is scanned is on the disk, not only on its way there, before it is said. */
    write(name, durability = "strict") {
        return this.db.transaction(name, "readwrite", {durability});
    }
}

function create(db) {
    const events = db.createObjectStore("events", {
        keyPath: "seq",
        autoIncrement: true,
    });
    events.createIndex("by_uuid", "sent.uuid", {unique: true});
    events.createIndex("by_state", ["userId", "state"]);
    const kept = db.createObjectStore("kept", {keyPath: "key"});
    kept.createIndex("by_age", "at");
}

function done(asked) {
    return new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
}

function finished(transaction) {
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
    });
}
