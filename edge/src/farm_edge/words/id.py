"""Bahasa Indonesia, as collectors in villages speak it."""

WORDS: dict[str, str] = {
    "tag.bunch": "{crop} · {hands} sisir",
    "tag.hand": "{crop} · sisir {code}",
    "tag.writing": "Sedang menulis. Jangan geser tagnya.",
    "tag.empty": "Tag ini masih kosong.",
    "tag.not_ours": "Ini bukan tag kita. Ambil yang lain.",
    "tag.damaged": "Isi tag ini rusak. Ambil yang lain, dan lepas tag ini.",
    "tag.too_new": (
        "Tag ini lebih baru daripada program ini. Beri tahu kantor bahwa "
        "program perlu diperbarui."
    ),
    "tag.too_old": (
        "Perangkat ini sudah terlalu lama tidak tersambung untuk menilai tag ini. "
        "Sambungkan, lalu tempelkan lagi."
    ),
    "tag.unknown_key": (
        "Di sini belum diketahui siapa yang menandatangani tag ini. Sambungkan "
        "perangkat, lalu tempelkan lagi."
    ),
    "tag.unknown_chip": (
        "Pembaca ini tidak menyebutkan jenis cip. Pakai pembaca lain."
    ),
    "tag.forged": (
        "Tag ini palsu, atau salinan dari tag lain. Simpan, dan hubungi kantor."
    ),
    "tag.revoked": "Tag ini sudah tidak berlaku.",
    "tag.not_allowed": "Yang menandatangani tag ini tidak berhak. Hubungi kantor.",
    "tag.genuine": "Asli.",
    "tag.in_use": "Tag ini sudah dipakai. Lepas dulu, atau ambil yang lain.",
    "tag.is_card": "Ini kartu petani. Ambil tag untuk barang.",
    "tap.not_here": "Tidak ada yang perlu ditempelkan di sini.",
    "tap.settled": "Yang tadi terputus di tag ini sudah selesai.",
    "act.not_here": "Itu tidak bisa dilakukan di sini.",
    "input.number": "Isi angka dari {least} sampai {most}.",
    "input.weight": "Masukkan berat sampai {most} kg.",
    "input.date": "Isi tanggal yang tidak melewati hari ini.",
    "input.harvester": "Pilih siapa yang memanen.",
    "input.language": "Bahasa ini belum ada di sini.",
    "home.blank": "Tag ini kosong.",
    "home.cleared": "Tag ini dari pembelian yang dibatalkan. Sekarang sudah kosong.",
    "home.hand.genuine": "Sisir {code}: asli.",
    "home.hand.too_old": (
        "Sisir {code}. Perangkat ini sudah terlalu lama tidak tersambung untuk "
        "menilainya."
    ),
    "home.hand.revoked": "Sisir {code} sudah tidak berlaku.",
    "home.hand.not_allowed": "Sisir {code}: yang menandatangani tidak berhak.",
    "home.hand.forged": "Sisir {code} palsu.",
    "card.certified": "Bersertifikat sampai {until}.",
    "card.unknown": (
        "Kartu ini asli. Petaninya belum ada di perangkat ini: sedang ditanyakan ke "
        "server."
    ),
    "card.not_yet": "Sertifikatnya belum mulai berlaku.",
    "card.expired": "Sertifikatnya berakhir pada {until}.",
    "card.suspended": "Sertifikatnya sedang dibekukan.",
    "card.revoked": (
        "Kartu atau sertifikat ini sudah dicabut. Ambil kartunya, dan hubungi kantor."
    ),
    "card.ended": "Kartu ini sudah tidak dipakai. Petani punya kartu lain.",
    "card.not_said": "Kartu ini tidak bisa dinilai.",
    "card.empty": "Kartu ini kosong.",
    "card.not_ours": "Ini bukan kartu petani kita.",
    "card.damaged": (
        "Kartu tidak terbaca. Tempelkan lagi; kalau tetap begitu, petani perlu "
        "kartu baru."
    ),
    "card.too_new": (
        "Kartu ini lebih baru daripada program ini. Beri tahu kantor bahwa "
        "program perlu diperbarui."
    ),
    "card.too_old": (
        "Perangkat ini sudah terlalu lama tidak tersambung untuk memastikan kartu "
        "ini. Segera sambungkan."
    ),
    "card.unknown_key": (
        "Di sini belum diketahui siapa yang menandatangani kartu ini. "
        "Sambungkan perangkat, lalu tempelkan lagi."
    ),
    "card.unknown_chip": (
        "Pembaca ini tidak menyebutkan jenis cip. Pakai pembaca lain."
    ),
    "card.forged": "Kartu ini palsu, atau salinan. Tahan kartunya, dan hubungi kantor.",
    "card.not_allowed": "Yang menandatangani kartu ini tidak berhak. Hubungi kantor.",
    "card.cannot_buy": "Tidak bisa membeli dengan kartu ini.",
    "not_allowed.may_write_bunches": (
        "Perangkat ini tidak boleh menulis tag tandan. Kantor bisa mengizinkannya."
    ),
    "not_allowed.may_split": (
        "Perangkat ini tidak boleh membagi tandan. Kantor bisa mengizinkannya."
    ),
    "not_allowed.may_write_cards": (
        "Perangkat ini tidak boleh menulis kartu petani. Kantor bisa mengizinkannya."
    ),
    "farmer.unknown": (
        "Petani {farmer} tidak ada di perangkat ini. Sambungkan ke jaringan, atau "
        "periksa nomornya."
    ),
    "purchase.no_crop": "Tanaman {crop} tidak bisa dibeli di sini.",
    "purchase.no_grade": "Tanaman ini tidak punya mutu {grade}.",
    "purchase.written": "Tag sudah ditulis: {count} dari {wanted}.",
    "purchase.next_tag": "Tag ini sudah selesai. Ambil yang berikutnya.",
    "purchase.not_yet": "Isi jumlah sisir dan berat dulu, lalu tempelkan tag.",
    "purchase.over_cap": (
        "Dengan ini menjadi {count} tandan; menurut kartu paling banyak {cap}. Boleh "
        "dibeli: kantor melihat catatannya."
    ),
    "purchase.nothing": "Belum ada tandan yang diberi tag.",
    "purchase.done": "Sudah dibeli: {count} tandan.",
    "purchase.undo": (
        "Dibatalkan. Tempelkan tag yang sudah ditulis supaya kosong lagi: {count}."
    ),
    "purchase.cleared": "Sudah kosong lagi. Sisa yang perlu ditempelkan: {count}.",
    "purchase.other_tag": "Tag ini bukan dari pembelian ini.",
    "split.no_bunch": "Ini bukan tandan yang bisa dibagi.",
    "split.in_work": (
        "{code} masih dalam pembelian atau pembagian lain yang belum selesai. "
        "Selesaikan itu dulu."
    ),
    "split.cancelled": (
        "Tandan ini dari pembelian yang dibatalkan. Tempelkan di layar awal: "
        "tagnya menjadi kosong."
    ),
    "split.on_hold": "{code} sedang ditahan. Hubungi kantor.",
    "split.nothing_left": "Tidak ada sisir yang tersisa di tandan ini.",
    "split.weigh_all": "Timbang semua {hands} sisir, atau tidak sama sekali.",
    "split.too_heavy": "Berat sisirnya melebihi sisa berat tandan.",
    "split.too_deep": "Ini tidak bisa dibagi lagi.",
    "split.mark": "Tempelkan tag tandan.",
    "split.marked": (
        "Tag tandan sudah ditulis. Sekarang tempelkan satu tag untuk tiap "
        "sisir: {hands}."
    ),
    "split.written": "Tag sudah ditulis: {count} dari {wanted}.",
    "split.next_tag": "Tag ini sudah selesai. Ambil yang berikutnya.",
    "split.other_tag": "Ini tag lain. Tempelkan tag {code}.",
    "split.unsure": (
        "Tag terakhir belum selesai. Tempelkan lagi tag itu, atau lewati sisir ini."
    ),
    "split.has_hands": "Sudah ada sisir yang diberi tag. Selesaikan dengan yang ada.",
    "split.undo": (
        "Dibatalkan. Tempelkan tag {code} supaya tidak ada yang diambil darinya."
    ),
    "split.undone": "Tandan kembali seperti semula.",
    "split.done": "Selesai: {count} sisir.",
    "retire.why": "Pilih alasannya.",
    "retire.mark": "Tempelkan tagnya.",
    "retire.other_tag": "Ini tag lain. Tempelkan tag yang tadi.",
    "retire.in_work": (
        "Tag ini masih dalam pembelian atau pembagian yang belum selesai. "
        "Selesaikan atau batalkan dulu."
    ),
    "retire.done": "Tag sudah kosong, dan boleh dipakai lagi.",
    "retire.kept": "Tag sudah dilepas. Tag ini tidak bisa dikosongkan: buang saja.",
    "retire.reason.taken_off": "Dilepas",
    "retire.reason.broken": "Rusak",
    "retire.reason.empty": "Sudah habis",
    "retire.reason.mistake": "Salah tulis",
    "officer.none": "Tidak ada kartu yang perlu ditulis. Terbitkan dulu di kantor.",
    "officer.no_order": "Pesanan ini sudah tidak ada.",
    "officer.signing": "Server sedang menandatangani kartu. Biarkan di tempatnya.",
    "officer.again": "Sudah ditandatangani. Biarkan kartunya, atau tempelkan lagi.",
    "officer.wait": "Sedang bertanya ke server. Biarkan kartunya.",
    "officer.over": "Pesanan kartu ini sudah lewat. Terbitkan lagi di kantor.",
    "officer.other_card": "Pesanan ini untuk cip {uid}.",
    "officer.done": "Kartu sudah ditulis.",
    "enrol.no_server": "Isi alamat seperti kata kantor, misalnya farm.example.id.",
    "enrol.no_code": "Kode terdiri dari sepuluh huruf dan angka, misalnya 7KQ2M-X9TBA.",
    "enrol.code_unknown": (
        "Kode ini tidak dikenal, sudah dipakai, atau lebih dari 15 menit. Minta kode "
        "lain ke kantor."
    ),
    "enrol.later": "Server sedang sibuk. Coba lagi satu menit lagi.",
    "enrol.unreachable": (
        "Server tidak terjangkau. Periksa jaringan dan alamatnya, lalu coba lagi."
    ),
    "enrol.done": "Perangkat sudah terdaftar.",
    "settings.no_printer": (
        "Itu bukan printer. Tulis 192.168.1.50, usb:04b8:0202 atau file:/dev/usb/lp0."
    ),
    "settings.kept": "Tersimpan.",
    "waiting.asked": "Perangkat sedang menyambung.",
    "today.no_receipt": "Tidak ada tanda terima untuk itu.",
    "gate.good": "{name}: terbaca.",
    "gate.warn": "{name}: terbaca, tetapi tidak dikenal.",
    "gate.bad": "{name}: terbaca, tetapi tidak bisa dipercaya.",
    "gate.wait": "{name}: lewat terlalu cepat.",
    "error.edge": "Ada yang salah. Coba lagi; kalau tetap begitu, hubungi kantor.",
    "error.reader": "Pembaca kartu tidak bekerja.",
    "error.reader_gone": "Pembaca kartu tidak ada. Pasang lagi kabelnya.",
    "error.reader_busy": "Pembaca kartu sedang dipakai program lain.",
    "error.tag": "Tag ini tidak bisa dipakai.",
    "error.tag_gone": "Tag terlalu cepat diangkat. Tempelkan lagi.",
    "error.garbled": "Tag tidak terbaca dengan baik. Tempelkan lagi.",
    "error.two_tags": "Ada dua tag di pembaca. Angkat satu.",
    "error.tag_locked": "Tag ini tidak bisa ditulis lagi. Ambil yang lain.",
    "error.kind": "Jenis cip ini tidak kita pakai. Ambil yang lain.",
    "error.container": "Setelan tag ini salah. Ambil yang lain.",
    "error.full": "Tag ini terlalu kecil. Ambil yang lebih besar.",
    "error.changed": "Isi tag ini sudah berubah. Mulai lagi.",
    "error.identity": "Pembaca ini hanya memberi nomor. Pakai yang bisa membaca tag.",
    "error.not_stored": "Tag tidak menyimpan tulisannya. Tempelkan lagi.",
    "error.write": "Tag tidak bisa ditulis. Tempelkan lagi.",
    "error.order_expired": "Terlalu lama. Tempelkan lagi tagnya.",
    "error.other_tag": "Ini tag lain dari yang tadi. Kembalikan yang pertama.",
    "error.store": "Penyimpanan perangkat tidak bekerja. Hubungi kantor.",
    "error.store_damaged": (
        "Penyimpanan perangkat rusak. Jangan dipakai, simpan perangkatnya, dan "
        "hubungi kantor."
    ),
    "error.store_too_new": (
        "Perangkat ini pernah memakai program yang lebih baru. Perlu diperbarui."
    ),
    "error.store_locked": (
        "Penyimpanan perangkat terkunci, dan kuncinya tidak ada. Hubungi kantor."
    ),
    "error.store_busy": "Penyimpanan perangkat sedang dipakai program lain. Coba lagi.",
    "error.disk_failed": (
        "Kartu memori tidak mau menyimpan. Coba lagi; kalau tetap begitu, "
        "hubungi kantor."
    ),
    "error.disk_full": "Kartu memori penuh. Tidak ada yang hilang; hubungi kantor.",
    "error.disk_read_only": (
        "Kartu memori tidak bisa ditulisi lagi. Minta yang baru ke kantor."
    ),
    "error.not_enrolled": "Perangkat ini belum terdaftar. Minta kode ke kantor.",
    "error.quarantined": "Server tidak lagi memercayai perangkat ini. Hubungi kantor.",
    "error.codes_used_up": (
        "Semua kode perangkat ini sudah terpakai. Perlu didaftarkan lagi."
    ),
    "error.unfit_event": "Itu tidak bisa dicatat. Hubungi kantor.",
    "error.unfit_setting": "Itu tidak dapat diatur. Periksa lagi.",
    "error.other_history": (
        "Server punya riwayat lain dari perangkat ini. Hubungi kantor."
    ),
    "error.hash_differs": "Perangkat mengambil ulang semua data.",
    "error.write_over": "Tag ini sudah selesai tadi.",
    "error.task_over": "Ini sudah selesai atau dibatalkan. Mulai lagi.",
    "error.sync": "Server tidak bisa ditanya.",
    "error.unreachable": (
        "Tidak ada sambungan ke server. Lanjutkan saja; nanti dicoba lagi."
    ),
    "error.not_the_server": (
        "Yang menjawab bukan server. Apakah jaringan ini meminta masuk dulu?"
    ),
    "error.untrusted": "Server tidak menunjukkan kunci yang benar. Hubungi kantor.",
    "error.refused": "Server tidak mengizinkan itu. Hubungi kantor.",
    "error.signal": "Lampu gerbang tidak bekerja.",
    "error.clock": "Jam perangkat ini salah.",
    "error.agent": "Agen lain sudah berjalan.",
}
