//! Lengths, counts and durations.

use std::ops::RangeInclusive;

/// Longest template name, in characters (templates/template-management).
pub const NAME: usize = 512;
/// Longest text header, in characters (templates/components).
pub const HEADER: usize = 60;
/// Longest body, in characters (templates/components).
pub const BODY: usize = 1024;
/// Longest body together with a limited-time offer, in characters (limited-time-offer-templates).
pub const OFFER_BODY: usize = 600;
/// Longest body of a card, in characters (media-card-carousel-templates).
pub const CARD_BODY: usize = 160;
/// Longest body together with a single product, in characters (catalogs/spm-template-messages).
pub const PRODUCT_BODY: usize = 160;
/// Longest line of a limited-time offer, in characters (limited-time-offer-templates).
pub const OFFER_LINE: usize = 16;
/// Longest code together with a limited-time offer, in characters (limited-time-offer-templates).
pub const OFFER_CODE: usize = 15;
/// Longest footer, in characters (templates/components).
pub const FOOTER: usize = 60;
/// Longest button label, in characters (templates/components).
pub const BUTTON_LABEL: usize = 25;
/// Longest label of a voice-call button, in characters (calling/call-button-messages-deep-links).
pub const VOICE_CALL_LABEL: usize = 20;
/// Longest URL of a button, in characters (templates/components).
pub const URL: usize = 2000;
/// Longest phone number of a button, in characters (templates/components).
pub const PHONE_NUMBER: usize = 20;
/// Longest code of a copy-code button, in characters (templates/components; 15 until 2025-12).
pub const COPY_CODE: usize = 20;
/// Most buttons in all, and of each type (templates/components).
pub const BUTTONS: usize = 10;
/// Most URL buttons (templates/components).
pub const URL_BUTTONS: usize = 2;
/// Most phone-number buttons (templates/components).
pub const PHONE_BUTTONS: usize = 1;
/// Most copy-code buttons (templates/components).
pub const COPY_CODE_BUTTONS: usize = 1;
/// Most one-time-passcode buttons (authentication-templates; every sample shows one).
pub const OTP_BUTTONS: usize = 1;
/// Most buttons of every other type but quick replies (one is all that any sample or client shows).
pub const OTHER_BUTTONS: usize = 1;
/// Minutes that a voice-call button works (calling/call-button-messages-deep-links).
pub const VOICE_CALL_MINUTES: RangeInclusive<i64> = 1_440..=43_200;
/// Cards of a carousel of images and videos (media-card-carousel-templates).
pub const CARDS: RangeInclusive<usize> = 2..=10;
/// Cards of a carousel of products when it is created (catalogs/product-card-carousel-template-messages).
pub const PRODUCT_CARDS: usize = 2;
/// Most buttons of a card with an image or a video (media-card-carousel-templates).
pub const CARD_BUTTONS: usize = 2;
/// Apps that may take a passcode (autofill-button-authentication-templates).
pub const SUPPORTED_APPS: RangeInclusive<usize> = 1..=5;
/// Longest name of an Android package, in characters (the same).
pub const PACKAGE_NAME: usize = 224;
/// Length of the hash of a signing key, in characters (the same).
pub const SIGNATURE_HASH: usize = 11;
/// Lines that a marketing body shows before it is folded (a reseller's statement).
pub const UNFOLDED_LINES: usize = 5;
/// Most emoji that a body had without a refusal (one live answer names ten).
pub const BODY_EMOJI: usize = 10;
/// Most line breaks in a row that a body had without a refusal (one live answer names two).
pub const LINE_BREAKS: usize = 2;
/// Most consecutive spaces accepted in a body or a value (live answers; resellers report four or five).
pub const BLANKS: usize = 3;
/// Most consecutive spaces in the value of a variable (error 132018).
pub const VALUE_BLANKS: usize = 4;
/// Most bytes of a sample image (a reseller's statement of Meta's limits).
pub const IMAGE_BYTES: u64 = 5 << 20;
/// Most bytes of a sample video (the same).
pub const VIDEO_BYTES: u64 = 16 << 20;
/// Most bytes of an animation; a bigger one is shown as a video (templates/components).
pub const GIF_BYTES: u64 = 7 << 19;
/// Most bytes of a sample document (cloud-api/reference/media).
pub const DOCUMENT_BYTES: u64 = 100 << 20;
/// Buttons from which on a message cannot be opened on computers (templates/components).
pub const DESKTOP_BUTTONS: usize = 3;
/// Minutes that a code may live (authentication-templates).
pub const CODE_EXPIRATION_MINUTES: RangeInclusive<i64> = 1..=90;
/// Seconds of `message_send_ttl_seconds` for authentication (templates/time-to-live).
pub const TTL_AUTHENTICATION: RangeInclusive<i64> = 30..=900;
/// Seconds of `message_send_ttl_seconds` for utility (templates/time-to-live).
pub const TTL_UTILITY: RangeInclusive<i64> = 30..=43_200;
/// Seconds of `message_send_ttl_seconds` for marketing (templates/time-to-live).
pub const TTL_MARKETING: RangeInclusive<i64> = 43_200..=2_592_000;
/// Creations an hour in one account (templates/overview).
pub const CREATIONS_PER_HOUR: usize = 100;
/// Edits of an approved version in 24 hours (templates/template-management).
pub const EDITS_PER_DAY: usize = 1;
/// Edits of an approved version in 30 days (templates/template-management).
pub const EDITS_PER_MONTH: usize = 10;
