//! Valid templates of every kind, as source models: what stands in a template file, as a JSON value.

use serde_json::{Map, Value, json};

use crate::support::dice::Dice;

/// What a template is built around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A header, a body, a footer and buttons of the common types, or some of them.
    Plain,
    /// A template without numbers or names in it, so that a mutation can bring its own.
    Fixed,
    /// `{{1}}`, `{{2}}` in the body, with their samples beside them.
    Numbered,
    Authentication,
    MediaCarousel,
    ProductCarousel,
    Offer,
    Catalog,
    Products,
    Product,
    Permission,
    Order,
}

/// Every kind.
pub(super) const KINDS: [Kind; 12] = [
    Kind::Plain,
    Kind::Fixed,
    Kind::Numbered,
    Kind::Authentication,
    Kind::MediaCarousel,
    Kind::ProductCarousel,
    Kind::Offer,
    Kind::Catalog,
    Kind::Products,
    Kind::Product,
    Kind::Permission,
    Kind::Order,
];

/// The files that a template may name, and their types.
pub(super) const UPLOADS: [(&str, &str); 4] = [
    ("media/a.png", "image/png"),
    ("media/b.jpg", "image/jpeg"),
    ("media/a.mp4", "video/mp4"),
    ("media/a.pdf", "application/pdf"),
];

/// A language: its codes, whether it puts spaces between words, and words.
struct Tongue {
    codes: &'static [&'static str],
    spaced: bool,
    words: &'static [&'static str],
}

const TONGUES: [Tongue; 9] = [
    Tongue {
        codes: &["en", "en_US", "en_GB", "en_IN"],
        spaced: true,
        words: &[
            "your",
            "order",
            "parcel",
            "leaves",
            "the",
            "warehouse",
            "today",
            "with",
            "our",
            "courier",
            "and",
            "arrives",
        ],
    },
    Tongue {
        codes: &["es", "es_MX"],
        spaced: true,
        words: &[
            "su",
            "pedido",
            "sale",
            "hoy",
            "del",
            "almacén",
            "con",
            "nuestro",
            "mensajero",
            "mañana",
            "llega",
        ],
    },
    Tongue {
        codes: &["de"],
        spaced: true,
        words: &[
            "die",
            "Bestellung",
            "verlässt",
            "heute",
            "das",
            "Lager",
            "mit",
            "unserem",
            "Boten",
            "größer",
            "Straße",
        ],
    },
    Tongue {
        codes: &["fa"],
        spaced: true,
        words: &["سفارش", "شما", "امروز", "از", "انبار", "با", "پیک", "ما", "می‌رسد", "است", "فردا"],
    },
    Tongue {
        codes: &["ar", "ar_EG"],
        spaced: true,
        words: &["طلبك", "يغادر", "اليوم", "المستودع", "مع", "مندوبنا", "ويصل", "غدا", "إلى", "العنوان"],
    },
    Tongue {
        codes: &["hi"],
        spaced: true,
        words: &["आपका", "ऑर्डर", "आज", "गोदाम", "से", "हमारे", "कूरियर", "के", "साथ", "निकलता", "है"],
    },
    Tongue {
        codes: &["ru"],
        spaced: true,
        words: &["ваш", "заказ", "сегодня", "покидает", "склад", "с", "нашим", "курьером", "и", "прибудет"],
    },
    Tongue {
        codes: &["ja", "zh_CN"],
        spaced: false,
        words: &["注文", "本日", "倉庫", "発送", "配達", "明日", "到着", "店舗"],
    },
    Tongue {
        codes: &["th"],
        spaced: false,
        words: &["คำสั่งซื้อ", "ของคุณ", "วันนี้", "ออกจาก", "คลัง", "กับ", "พรุ่งนี้"],
    },
];

const NAMES: [&str; 6] = ["customer", "order_id", "amount", "day", "city", "slot_2"];
const SAMPLES: [&str; 6] = ["Amelia", "A-1041", "€ 47.50", "Friday", "Zürich", "07:30"];

/// How a template writes its placeholders.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    None,
    Names,
    Numbers,
}

struct Maker<'d> {
    dice: &'d mut Dice,
    style: Style,
    angles: bool,
}

/// A valid template of a kind.
pub(super) fn template(kind: Kind, dice: &mut Dice) -> Value {
    let style = match kind {
        Kind::Fixed | Kind::Authentication => Style::None,
        Kind::Numbered => Style::Numbers,
        _ => *dice.pick(&[Style::None, Style::Names, Style::Names, Style::Numbers]),
    };
    let angles = dice.chance(20);
    let mut maker = Maker { dice, style, angles };
    let mut template = Map::new();
    template.insert("name".into(), format!("order_{}", maker.dice.below(1000)).into());
    let category = maker.category(kind);
    template.insert("category".into(), category.into());
    maker.options(kind, category, &mut template);
    match kind {
        Kind::Authentication => maker.authentication(&mut template),
        _ => maker.versions(kind, category, &mut template),
    }
    Value::Object(template)
}

impl Maker<'_> {
    fn category(&mut self, kind: Kind) -> &'static str {
        match kind {
            Kind::Authentication => "authentication",
            Kind::Plain | Kind::Fixed | Kind::Numbered | Kind::Permission | Kind::Order => {
                ["utility", "marketing", "UTILITY"][self.dice.below(3)]
            }
            _ => "marketing",
        }
    }

    fn options(&mut self, kind: Kind, category: &str, template: &mut Map<String, Value>) {
        if self.dice.chance(25) {
            let ttl = match category {
                "authentication" => *self.dice.pick(&["30", "5m", "900", "-1"]),
                "marketing" => *self.dice.pick(&["12h", "2592000", "1d"]),
                _ => *self.dice.pick(&["30", "12h", "-1"]),
            };
            template.insert("ttl".into(), ttl.into());
        }
        if kind == Kind::Order && category == "marketing" {
            template.insert("display_format".into(), "order_details".into());
        }
        if self.style == Style::Names {
            if self.dice.chance(50) {
                template.insert("parameter_format".into(), "named".into());
            }
            let variables =
                NAMES.iter().zip(SAMPLES).map(|(name, sample)| ((*name).to_owned(), sample.into()));
            template.insert("variables".into(), Value::Object(variables.collect()));
        }
        if self.dice.chance(10) {
            template.insert("cta_url_link_tracking_opted_out".into(), true.into());
        }
        if category.eq_ignore_ascii_case("utility") && self.dice.chance(8) {
            template
                .insert("sub_category".into(), (*self.dice.pick(&["order_status", "FRAUD_ALERT"])).into());
        }
    }

    fn authentication(&mut self, template: &mut Map<String, Value>) {
        let advice = self.dice.chance(50);
        template.insert("body".into(), json!({ "add_security_recommendation": advice }));
        if self.dice.chance(60) {
            let minutes = self.dice.between(1, 90);
            template.insert("footer".into(), json!({ "code_expiration_minutes": minutes }));
        }
        let apps: Vec<Value> = (0..self.dice.between(1, 5))
            .map(
                |at| json!({ "package_name": format!("com.shop_{at}.App"), "signature_hash": "K8a/AINcGX7" }),
            )
            .collect();
        let button = match self.dice.below(3) {
            0 => json!({ "type": "otp", "otp_type": "copy_code" }),
            1 => {
                json!({ "type": "otp", "otp_type": "one_tap", "autofill_text": "Autofill", "supported_apps": apps })
            }
            _ => {
                json!({ "type": "otp", "otp_type": "zero_tap", "zero_tap_terms_accepted": true, "supported_apps": apps })
            }
        };
        template.insert("buttons".into(), json!([button]));
        match self.dice.chance(50) {
            true => drop(template.insert("languages".into(), json!(["en_US", "fa", "pt_BR"]))),
            false => drop(template.insert("language".into(), "en".into())),
        }
    }

    /// One language, or several with bodies of their own; the rest stands with the version or at the top.
    fn versions(&mut self, kind: Kind, category: &str, template: &mut Map<String, Value>) {
        let count = *self.dice.pick(&[1, 1, 1, 2, 3]);
        if count == 1 {
            let tongue = &TONGUES[self.dice.below(TONGUES.len())];
            template.insert("language".into(), (*self.dice.pick(tongue.codes)).into());
            self.components(kind, category, tongue, template);
            return;
        }
        let first = self.dice.below(TONGUES.len());
        let mut languages = Map::new();
        for offset in 0..count {
            let tongue = &TONGUES[(first + offset) % TONGUES.len()];
            let mut version = Map::new();
            self.components(kind, category, tongue, &mut version);
            languages.insert(tongue.codes[0].to_owned(), Value::Object(version));
        }
        // What the first one says of them becomes everybody's.
        if self.dice.chance(50) {
            for key in ["header", "buttons", "footer"] {
                let shared =
                    languages.values_mut().next().and_then(|version| version.as_object_mut()?.remove(key));
                languages.values_mut().for_each(|version| drop(version.as_object_mut().unwrap().remove(key)));
                shared.map(|value| template.insert(key.into(), value));
            }
        }
        template.insert("languages".into(), Value::Object(languages));
    }

    fn components(&mut self, kind: Kind, category: &str, tongue: &Tongue, into: &mut Map<String, Value>) {
        let marketing = category == "marketing";
        match kind {
            Kind::Plain | Kind::Fixed | Kind::Numbered => {
                self.maybe(60, into, "header", |maker| maker.header(marketing, tongue));
                self.maybe(50, into, "footer", |maker| maker.text(tongue, 2, 6, &[], 60).into());
                self.maybe(70, into, "buttons", |maker| maker.common_buttons(tongue));
            }
            Kind::Offer => {
                self.maybe(
                    60,
                    into,
                    "header",
                    |maker| json!({ *maker.dice.pick(&["image", "video"]): "media/a.mp4" }),
                );
                if let Some(header) = into.get_mut("header").and_then(Value::as_object_mut) {
                    header.iter_mut().for_each(|(format, path)| *path = sample_of(format).into());
                }
                into.insert("limited_time_offer".into(), self.offer());
                into.insert("buttons".into(), self.offer_buttons());
            }
            Kind::MediaCarousel => drop(into.insert("carousel".into(), self.media_cards(tongue))),
            Kind::ProductCarousel => {
                let button = match self.dice.chance(50) {
                    true => json!({ "type": "spm" }),
                    false => json!({ "type": "url", "text": "Shop", "url": "https://shop.example/all" }),
                };
                let card = json!({ "header": "product", "buttons": [button] });
                into.insert("carousel".into(), json!([card, card]));
            }
            Kind::Catalog => {
                self.maybe(50, into, "footer", |maker| maker.text(tongue, 2, 5, &[], 60).into());
                into.insert("buttons".into(), json!([{ "type": "catalog" }]));
            }
            Kind::Products => {
                into.insert("header".into(), self.text(tongue, 1, 3, &[], 60).into());
                into.insert("buttons".into(), json!([{ "type": "mpm" }]));
            }
            Kind::Product => {
                into.insert("header".into(), "product".into());
                into.insert("buttons".into(), json!([{ "type": "spm" }]));
            }
            Kind::Permission => drop(into.insert("call_permission_request".into(), true.into())),
            Kind::Order => {
                self.maybe(50, into, "header", |_| json!({ "document": "media/a.pdf" }));
                into.insert("buttons".into(), json!([{ "type": "order_details", "text": "Review and Pay" }]));
            }
            Kind::Authentication => {}
        }
        into.insert("body".into(), self.body(kind, tongue));
    }

    fn maybe(
        &mut self,
        percent: usize,
        into: &mut Map<String, Value>,
        key: &str,
        make: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.dice.chance(percent) {
            let value = make(self);
            into.insert(key.to_owned(), value);
        }
    }

    fn header(&mut self, marketing: bool, tongue: &Tongue) -> Value {
        match self.dice.below(if marketing { 7 } else { 6 }) {
            0 | 1 => self.with_samples(self.style != Style::None, 1, |maker, parts| {
                maker.text(tongue, 1, 3, parts, 60)
            }),
            2 => json!({ "image": *self.dice.pick(&["media/a.png", "media/b.jpg"]) }),
            3 => json!({ "video": "media/a.mp4" }),
            4 => json!({ "document": "media/a.pdf" }),
            5 => "location".into(),
            _ => json!({ "gif": "media/a.mp4" }),
        }
    }

    fn body(&mut self, kind: Kind, tongue: &Tongue) -> Value {
        let (most, limit) = match kind {
            Kind::Product => (1, 160),
            Kind::Offer => (3, 600),
            _ => (4, 1024),
        };
        let count = match (self.style, kind) {
            (Style::None, _) => 0,
            (_, Kind::Numbered) => self.dice.between(1, 3),
            _ => self.dice.below(most + 1),
        };
        let longest = if kind == Kind::Product { 6 } else { 12 };
        let mut body =
            self.with_samples(count > 0, count, |maker, parts| maker.text(tongue, 4, longest, parts, limit));
        if kind != Kind::Product {
            let extra = *self.dice.pick(&[
                "",
                "",
                "",
                " 🎉",
                "\n\n*Thank you!*",
                " (100 % © ™)",
                " a < b $5",
                "\nA_B_C \\ d",
            ]);
            let text = if body.is_string() { Some(&mut body) } else { body.get_mut("text") };
            if let Some(Value::String(text)) = text {
                text.push_str(extra);
            }
        }
        body
    }

    /// A text with so many placeholders; numbered ones have their samples beside them.
    fn with_samples(
        &mut self,
        wanted: bool,
        count: usize,
        make: impl FnOnce(&mut Self, &[String]) -> String,
    ) -> Value {
        if !wanted || count == 0 {
            return make(self, &[]).into();
        }
        let references: Vec<String> = (1..=count)
            .map(|number| match self.style {
                Style::Numbers => number.to_string(),
                _ => NAMES[number % NAMES.len()].to_owned(),
            })
            .collect();
        let wrap = |reference: &String| match self.angles {
            true => format!("<<{reference}>>"),
            false => format!("{{{{{reference}}}}}"),
        };
        let parts: Vec<String> = references.iter().map(wrap).collect();
        let text = make(self, &parts);
        match self.style {
            Style::Numbers => json!({ "text": text, "samples": SAMPLES[..count] }),
            _ => text.into(),
        }
    }

    /// Words of a language, with each part behind some of them and words behind the last.
    fn text(&mut self, tongue: &Tongue, least: usize, most: usize, parts: &[String], limit: usize) -> String {
        let gap = if tongue.spaced { " " } else { "" };
        let mut pieces: Vec<String> = Vec::new();
        for part in parts {
            let words = self.dice.between(least.max(3), most.max(3));
            pieces.extend((0..words).map(|_| (*self.dice.pick(tongue.words)).to_owned()));
            pieces.push(part.clone());
        }
        let words = self.dice.between(least.max(1), most.max(1));
        pieces.extend((0..words).map(|_| (*self.dice.pick(tongue.words)).to_owned()));
        let mut text = pieces.join(gap);
        // Words go from the end while it is too long; the limit leaves room for what the parts need.
        while text.chars().count() > limit && pieces.len() > 1 {
            pieces.remove(0);
            text = pieces.join(gap);
        }
        text
    }

    fn label(&mut self, tongue: &Tongue, number: usize) -> String {
        format!("{} {number}", self.dice.pick(tongue.words))
    }

    fn url(&mut self, label: &str) -> Value {
        match (self.style, self.dice.below(3)) {
            (Style::Numbers, 0) => {
                json!({ "type": "url", "text": label, "url": "https://shop.example/t/{{1}}", "samples": ["8f3kq2"] })
            }
            (Style::Names, 0) => {
                json!({ "type": "url", "text": label, "url": "https://shop.example/t?id={{order_id}}" })
            }
            _ => json!({ "type": "url", "text": label, "url": "https://shop.example/orders?a=b&c=1#top" }),
        }
    }

    fn common_buttons(&mut self, tongue: &Tongue) -> Value {
        let mut replies: Vec<Value> = Vec::new();
        for number in 0..self.dice.below(4) {
            let label = self.label(tongue, number);
            let short = self.dice.chance(50);
            replies.push(if short { label.into() } else { json!({ "type": "quick_reply", "text": label }) });
        }
        let mut others: Vec<Value> = Vec::new();
        for number in 0..self.dice.below(3) {
            let label = self.label(tongue, number + 10);
            others.push(self.url(&label));
        }
        if self.dice.chance(30) {
            let number = *self.dice.pick(&["+15550051310", "15550051310", "+4915112345678"]);
            others.push(
                json!({ "type": "phone_number", "text": self.label(tongue, 20), "phone_number": number }),
            );
        }
        let rest = [
            json!({ "type": "copy_code", "example": "SAVE20" }),
            json!({ "type": "flow", "text": "Book", "flow_id": "123", "flow_action": "navigate", "navigate_screen": "START" }),
            json!({ "type": "flow", "text": "Book", "flow_json": "{\"version\": \"7.0\"}", "icon": "review" }),
            json!({ "type": "flow", "text": "Book", "flow_name": "booking", "flow_action": "data_exchange" }),
            json!({ "type": "voice_call", "text": "Talk to us", "ttl_minutes": 1440 }),
            json!({ "type": "voice_call" }),
            json!({ "type": "request_contact_info" }),
        ];
        if self.dice.chance(40) {
            others.push(self.dice.pick(&rest).clone());
        }
        let (first, second) = if self.dice.chance(50) { (replies, others) } else { (others, replies) };
        let all: Vec<Value> = first.into_iter().chain(second).collect();
        match all.is_empty() {
            true => json!([self.label(tongue, 0)]),
            false => all.into(),
        }
    }

    fn offer(&mut self) -> Value {
        match self.dice.below(3) {
            0 => "Ends tonight".into(),
            1 => json!({ "text": "Exactly 16 chars", "has_expiration": true }),
            _ => json!({ "text": "Bald vorbei", "has_expiration": false }),
        }
    }

    fn offer_buttons(&mut self) -> Value {
        let link = self.url("Book now!");
        match self.dice.chance(60) {
            true => json!([{ "type": "copy_code", "example": "CODE00000000015" }, link]),
            false => json!([link]),
        }
    }

    fn media_cards(&mut self, tongue: &Tongue) -> Value {
        let format = *self.dice.pick(&["image", "video"]);
        let with_body = self.dice.chance(70);
        let buttons = self.dice.below(4);
        let cards = self.dice.between(2, 10);
        let card = |maker: &mut Self, number: usize| {
            let mut card = Map::new();
            card.insert("header".into(), json!({ format: sample_of(format) }));
            if with_body {
                let body = maker.with_samples(maker.style != Style::None, 1, |maker, parts| {
                    maker.text(tongue, 2, 4, parts, 160)
                });
                card.insert("body".into(), body);
            }
            let label = maker.label(tongue, number);
            let buttons = match buttons {
                0 => json!([label]),
                1 => json!([maker.url(&label)]),
                2 => json!([label, maker.url(&format!("Open {number}"))]),
                _ => json!([{ "type": "phone_number", "text": label, "phone_number": "+15550051310" }]),
            };
            card.insert("buttons".into(), buttons);
            Value::Object(card)
        };
        (0..cards).map(|number| card(self, number)).collect()
    }
}

fn sample_of(format: &str) -> &'static str {
    match format {
        "image" => "media/a.png",
        _ => "media/a.mp4",
    }
}
