//! Texts of skeletons, in the languages that most projects begin with.

use crate::model::{Category, Language};

/// The words of one language.
#[derive(Debug)]
pub(super) struct SampleTexts {
    /// Meta's code without its region.
    base: &'static str,
    utility: &'static str,
    marketing: &'static str,
    /// The opt-out text.
    pub(super) way_out: &'static str,
}

impl SampleTexts {
    pub(super) fn body(&self, category: Category) -> &'static str {
        match category {
            Category::Marketing => self.marketing,
            _ => self.utility,
        }
    }
}

/// The words of a language, if they are known.
pub(super) fn for_language(language: Language) -> Option<&'static SampleTexts> {
    std::iter::once(&ENGLISH).chain(&OTHERS).find(|words| words.base == language.base())
}

pub(super) static ENGLISH: SampleTexts = SampleTexts {
    base: "en",
    utility: "Hi <<customer>>,\n\nyour order <<order>> is ready to be picked up in our store.",
    marketing: "Hi <<customer>>, our new collection is here. Come and see it in our store.",
    way_out: "Reply STOP to opt out",
};

static OTHERS: [SampleTexts; 12] = [
    SampleTexts {
        base: "ar",
        utility: "مرحبًا <<customer>>،\n\nطلبكم <<order>> جاهز للاستلام من متجرنا.",
        marketing: "مرحبًا <<customer>>، وصلت تشكيلتنا الجديدة. تفضلوا بزيارة متجرنا لمشاهدتها.",
        way_out: "لإلغاء الاشتراك أرسلوا STOP",
    },
    SampleTexts {
        base: "de",
        utility: "Guten Tag <<customer>>,\n\nIhre Bestellung <<order>> liegt in unserem Geschäft zur Abholung bereit.",
        marketing: "Guten Tag <<customer>>, unsere neue Kollektion ist da. Schauen Sie bei uns im Geschäft vorbei.",
        way_out: "Zum Abbestellen mit STOPP antworten",
    },
    SampleTexts {
        base: "es",
        utility: "Hola, <<customer>>:\n\ntu pedido <<order>> está listo para recoger en nuestra tienda.",
        marketing: "Hola, <<customer>>: ya está aquí nuestra nueva colección. Ven a verla en nuestra tienda.",
        way_out: "Responde STOP para darte de baja",
    },
    SampleTexts {
        base: "fa",
        utility: "سلام <<customer>>،\n\nسفارش <<order>> شما در فروشگاه ما آماده تحویل است.",
        marketing: "سلام <<customer>>، مجموعه تازه ما از راه رسید. برای دیدن آن به فروشگاه ما بیایید.",
        way_out: "برای لغو، کلمه STOP را بفرستید",
    },
    SampleTexts {
        base: "fr",
        utility: "Bonjour <<customer>>,\n\nvotre commande <<order>> vous attend dans notre magasin.",
        marketing: "Bonjour <<customer>>, notre nouvelle collection est arrivée. Venez la voir en magasin.",
        way_out: "Répondez STOP pour vous désinscrire",
    },
    SampleTexts {
        base: "hi",
        utility: "नमस्ते <<customer>>,\n\nआपका ऑर्डर <<order>> हमारे स्टोर में तैयार है।",
        marketing: "नमस्ते <<customer>>, हमारा नया कलेक्शन आ गया है। इसे देखने हमारे स्टोर में आइए।",
        way_out: "बंद करने के लिए STOP लिखकर भेजें",
    },
    SampleTexts {
        base: "id",
        utility: "Halo <<customer>>,\n\npesanan <<order>> Anda siap diambil di toko kami.",
        marketing: "Halo <<customer>>, koleksi terbaru kami sudah tiba. Silakan lihat di toko kami.",
        way_out: "Balas STOP untuk berhenti",
    },
    SampleTexts {
        base: "it",
        utility: "Buongiorno <<customer>>,\n\nil suo ordine <<order>> è pronto per il ritiro nel nostro negozio.",
        marketing: "Buongiorno <<customer>>, la nostra nuova collezione è arrivata. La aspettiamo in negozio.",
        way_out: "Rispondi STOP per non ricevere altri messaggi",
    },
    SampleTexts {
        base: "nl",
        utility: "Beste <<customer>>,\n\nje bestelling <<order>> ligt klaar in onze winkel.",
        marketing: "Beste <<customer>>, onze nieuwe collectie is er. Kom kijken in onze winkel.",
        way_out: "Antwoord STOP om je af te melden",
    },
    SampleTexts {
        base: "pt",
        utility: "Olá, <<customer>>!\n\nO seu pedido <<order>> está pronto para retirada em nossa loja.",
        marketing: "Olá, <<customer>>! A nossa nova coleção chegou. Venha conhecê-la em nossa loja.",
        way_out: "Responda SAIR para não receber mais",
    },
    SampleTexts {
        base: "ru",
        utility: "Здравствуйте, <<customer>>!\n\nВаш заказ <<order>> готов к выдаче в нашем магазине.",
        marketing: "Здравствуйте, <<customer>>! У нас новая коллекция. Приходите посмотреть в наш магазин.",
        way_out: "Ответьте СТОП, чтобы отписаться",
    },
    SampleTexts {
        base: "tr",
        utility: "Merhaba <<customer>>,\n\n<<order>> numaralı siparişiniz mağazamızda teslime hazır.",
        marketing: "Merhaba <<customer>>, yeni koleksiyonumuz geldi. Görmek için mağazamıza bekleriz.",
        way_out: "Çıkmak için STOP yazın",
    },
];
