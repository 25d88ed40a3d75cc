//! The sentences for people in Spanish: clients that look for English words in them are found out.

// Code, subcode (0 for none), title, sentence; in our own words.
const SENTENCES: &[(u32, u32, &str, &str)] = &[
    (100, 33, "Solicitud no admitida", "El objeto no existe o no tienes permiso para verlo."),
    (100, 2_388_019, "Límite de plantillas alcanzado", "La cuenta no admite más plantillas."),
    (
        100,
        2_388_023,
        "El idioma se está eliminando",
        "Vuelve a intentarlo dentro de cuatro semanas o crea otra plantilla.",
    ),
    (
        100,
        2_388_024,
        "Ya existe contenido en este idioma",
        "Esta plantilla ya tiene contenido en este idioma. Puedes crear otra plantilla.",
    ),
    (
        100,
        2_388_039,
        "La plantilla no se puede modificar ahora",
        "El estado de la plantilla o el número de cambios no lo permite.",
    ),
    (100, 2_388_040, "Demasiados caracteres", "Un campo supera su límite de caracteres."),
    (100, 2_388_043, "Faltan campos", "A los componentes les falta algún campo, por ejemplo un ejemplo."),
    (
        100,
        2_388_046,
        "El formato del nombre es incorrecto",
        "El nombre solo admite minúsculas, números y guiones bajos.",
    ),
    (100, 2_388_047, "El formato del encabezado es incorrecto", "Revisa el encabezado."),
    (100, 2_388_060, "El formato del botón es incorrecto", "Revisa el texto del botón."),
    (100, 2_388_072, "El formato del cuerpo es incorrecto", "Revisa el cuerpo."),
    (100, 2_388_073, "El formato del pie es incorrecto", "Revisa el pie."),
    (100, 2_388_084, "Tipo de archivo no admitido", "Sube un archivo de otro tipo."),
    (100, 2_388_155, "Nombre de una plantilla de muestra", "Elige otro nombre."),
    (
        100,
        2_388_273,
        "Falta un ejemplo subido",
        "El encabezado necesita un archivo subido, no una dirección.",
    ),
    (100, 2_388_293, "Demasiadas variables", "El texto es corto para tantas variables."),
    (100, 2_388_299, "Variable en un extremo", "Las variables no pueden estar al principio ni al final."),
    (131_009, 2_494_102, "Archivo no válido", "El archivo de ejemplo no existe o ha caducado."),
    (190, 0, "Token no válido", "El token de acceso no es válido."),
    (190, 463, "Sesión caducada", "El token de acceso ha caducado."),
    (10, 2_388_185, "Cuenta no apta", "La cuenta todavía no admite plantillas de autenticación."),
    (10, 0, "Falta un permiso", "La aplicación no tiene permiso para esta acción."),
    (200, 0, "Falta un permiso", "No tienes permiso sobre esta cuenta."),
    (80_008, 0, "Demasiadas llamadas", "Se han hecho demasiadas llamadas a esta cuenta."),
    (100, 0, "Parámetro no válido", "Uno de los parámetros no es válido."),
];

/// Title and sentence; errors without a row are like a wrong parameter.
pub(crate) fn sentences(code: u32, subcode: Option<u32>, title: &str) -> (String, String) {
    // What is missing on delete has a title of its own, which clients have been seen to look for.
    if title == "Message Template Not Found" {
        return ("No se encontró la plantilla".to_owned(), "La plantilla de mensaje no existe.".to_owned());
    }
    let subcode = subcode.unwrap_or_default();
    let row = SENTENCES.iter().find(|(own, sub, ..)| *own == code && *sub == subcode);
    let (_, _, title, sentence) =
        row.or(SENTENCES.last()).copied().unwrap_or((0, 0, "Error", "Se ha producido un error."));
    (title.to_owned(), sentence.to_owned())
}
