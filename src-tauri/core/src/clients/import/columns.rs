//! What a column of a table is: by its name in the languages that such tools speak, or by what it holds.

use super::birth::date_parts;
use super::{ImportField, Record, is_number, says_state};
use crate::text::fold;

/// Names of columns, without accents, spaces and signs, in English, Spanish, Portuguese,
/// German, French, Italian and Swedish.
const HEADERS: &[(ImportField, &[&str])] = &[
    (
        ImportField::Name,
        &[
            "name",
            "fullname",
            "clientname",
            "client",
            "customer",
            "customername",
            "displayname",
            "contactname",
            "nombre",
            "nombrecompleto",
            "nombreyapellidos",
            "nombreyapellido",
            "nombredelcliente",
            "cliente",
            "nome",
            "nomecompleto",
            "nomedocliente",
            "kunde",
            "kundenname",
            "vollstandigername",
            "fullnames",
            "namn",
            "kundnamn",
            "kund",
            "fullstandigtnamn",
            "nom",
            "nomcomplet",
            "nometprenom",
            "nomduclient",
            "nominativo",
            "nomecognome",
            "nomeecognome",
            "cognomeenome",
            "nomedacliente",
        ],
    ),
    (
        ImportField::FirstName,
        &[
            "firstname",
            "first",
            "givenname",
            "forename",
            "middlename",
            "nombres",
            "primernombre",
            "segundonombre",
            "nombredepila",
            "primeironome",
            "nomeproprio",
            "vorname",
            "rufname",
            "additionalname",
            "fornamn",
            "prenom",
            "prenoms",
            "primonome",
            "vornamen",
            "weiterevornamen",
        ],
    ),
    (
        ImportField::LastName,
        &[
            "lastname",
            "last",
            "surname",
            "familyname",
            "apellido",
            "apellidos",
            "primerapellido",
            "segundoapellido",
            "apellidopaterno",
            "apellidomaterno",
            "sobrenome",
            "apelido",
            "ultimonome",
            "nachname",
            "familienname",
            "zuname",
            "efternamn",
            "cognome",
            "nomdefamille",
        ],
    ),
    (
        ImportField::Pronouns,
        &["pronouns", "pronombres", "pronombre", "pronomes", "pronomen", "pronoms", "pronomi"],
    ),
    (
        ImportField::Phone,
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "cell",
            "cellphone",
            "cellular",
            "tel",
            "telephone",
            "telephonenumber",
            "contactnumber",
            "homephone",
            "workphone",
            "phone1",
            "phone2",
            "whatsapp",
            "telefono",
            "telefono1",
            "telefono2",
            "telefonomovil",
            "telefonofijo",
            "movil",
            "celular",
            "numerodetelefono",
            "numerodecelular",
            "telefone",
            "telemovel",
            "telefonecelular",
            "handy",
            "handynummer",
            "mobil",
            "mobilnummer",
            "mobiltelefon",
            "telefon",
            "telefonnummer",
            "rufnummer",
            "phoneno",
            "phonenr",
            "mobileno",
            "telno",
            "contactno",
            "primaryphone",
            "primaryphonenumber",
            "otherphone",
            "businessphone",
            "businessnumber",
            "dayphone",
            "nightphone",
            "eveningphone",
            "landline",
            "smsnumber",
            "telephonemobile",
            "telephoneportable",
            "telephonefixe",
            "telportable",
            "telmobile",
            "portable",
            "numerodetelephone",
            "numerodeportable",
            "cellulare",
            "telefonocellulare",
            "telefonomobile",
            "numeroditelefono",
            "numerodicellulare",
            "telefonofisso",
            "mobilnr",
            "telefonnr",
            "mobiltelefonnummer",
            "telefonprivat",
            "telefonmobil",
            "telefongeschaftlich",
            "telefonbostad",
            "telefonarbete",
            "contacttelephone",
        ],
    ),
    (
        ImportField::Email,
        &[
            "email",
            "mail",
            "emailaddress",
            "correo",
            "correoelectronico",
            "direcciondecorreo",
            "correoe",
            "enderecodeemail",
            "emailadresse",
            "mailadresse",
            "emails",
            "primaryemail",
            "emailprivat",
            "courriel",
            "adressecourriel",
            "adresseemail",
            "adressemail",
            "mel",
            "epost",
            "epostadress",
            "eposta",
            "mejl",
            "mejladress",
            "mailadress",
            "postaelettronica",
            "indirizzoemail",
            "enderecoeletronico",
        ],
    ),
    (
        ImportField::Instagram,
        &["instagram", "insta", "ig", "instagramhandle", "instagramname", "usuariodeinstagram"],
    ),
    (
        ImportField::Address,
        &[
            "physicaladdress",
            "address",
            "street",
            "streetaddress",
            "address1",
            "address2",
            "addressline1",
            "addressline2",
            "city",
            "town",
            "suburb",
            "zip",
            "zipcode",
            "postalcode",
            "postcode",
            "state",
            "province",
            "country",
            "direccion",
            "domicilio",
            "calle",
            "colonia",
            "ciudad",
            "codigopostal",
            "cp",
            "estado",
            "provincia",
            "pais",
            "endereco",
            "morada",
            "rua",
            "bairro",
            "cidade",
            "cep",
            "adresse",
            "anschrift",
            "strasse",
            "straße",
            "hausnummer",
            "ort",
            "stadt",
            "plz",
            "postleitzahl",
            "bundesland",
            "land",
            "homeaddress",
            "homestreet",
            "homecity",
            "homestate",
            "homepostalcode",
            "homecountryregion",
            "homecountry",
            "strasseprivat",
            "ortprivat",
            "bundeslandprivat",
            "postleitzahlprivat",
            "landregionprivat",
            "rue",
            "codepostal",
            "ville",
            "pays",
            "adress",
            "gatuadress",
            "postadress",
            "postnummer",
            "postort",
            "indirizzo",
            "via",
            "citta",
            "cap",
            "paese",
            "comune",
        ],
    ),
    (
        ImportField::BirthDate,
        &[
            "birthday",
            "birthdate",
            "dateofbirth",
            "dob",
            "born",
            "fechadenacimiento",
            "fechanacimiento",
            "nacimiento",
            "cumpleanos",
            "datadenascimento",
            "datanascimento",
            "nascimento",
            "aniversario",
            "geburtstag",
            "geburtsdatum",
            "naissance",
            "datedenaissance",
            "datenaissance",
            "anniversaire",
            "datadinascita",
            "nascita",
            "compleanno",
            "fodelsedatum",
            "fodelsedag",
            "fodd",
        ],
    ),
    (
        ImportField::EmergencyName,
        &[
            "emergencycontact",
            "emergencyname",
            "emergencycontactname",
            "contactodeemergencia",
            "contatodeemergencia",
            "contactoemergencia",
            "notfallkontakt",
            "contactdurgence",
            "contattodiemergenza",
            "nodkontakt",
        ],
    ),
    (
        ImportField::EmergencyPhone,
        &[
            "emergencyphone",
            "emergencycontactphone",
            "emergencynumber",
            "emergencycontactnumber",
            "telefonodeemergencia",
            "telefonoemergencia",
            "telefonedeemergencia",
            "notfalltelefon",
            "notfallnummer",
            "telephonedurgence",
            "telefonodiemergenza",
        ],
    ),
    (
        ImportField::Alerts,
        &[
            "alerts",
            "alert",
            "healthalerts",
            "allergies",
            "allergy",
            "medical",
            "medicalconditions",
            "medicalnotes",
            "health",
            "alergias",
            "alertas",
            "salud",
            "alertasmedicas",
            "saude",
            "allergien",
            "gesundheit",
            "allergier",
            "allergie",
            "allergienotes",
            "sante",
            "salute",
            "halsa",
        ],
    ),
    (
        ImportField::Preferences,
        &[
            "memo",
            "notes",
            "note",
            "comments",
            "comment",
            "remarks",
            "preferences",
            "notas",
            "nota",
            "comentarios",
            "comentario",
            "observaciones",
            "preferencias",
            "observacoes",
            "notizen",
            "notiz",
            "bemerkung",
            "bemerkungen",
            "kommentar",
            "vorlieben",
            "remarques",
            "remarque",
            "commentaires",
            "commentaire",
            "osservazioni",
            "commenti",
            "anteckningar",
            "anteckning",
            "kommentarer",
            "ovrigt",
        ],
    ),
    (
        ImportField::Source,
        &[
            "source",
            "leadsource",
            "referral",
            "referredby",
            "referralsource",
            "howdidyouhearaboutus",
            "origen",
            "fuente",
            "procedencia",
            "comonosconocio",
            "recomendadopor",
            "origem",
            "fonte",
            "herkunft",
            "quelle",
            "empfohlenvon",
        ],
    ),
    (
        ImportField::Company,
        &[
            "company",
            "companyname",
            "organization",
            "organisation",
            "organizationname",
            "business",
            "businessname",
            "employer",
            "empresa",
            "compania",
            "organizacion",
            "negocio",
            "razonsocial",
            "firma",
            "firmenname",
            "unternehmen",
            "entreprise",
            "societe",
            "organisme",
            "azienda",
            "societa",
            "organizzazione",
            "foretag",
            "organizacao",
        ],
    ),
];

/// These stand for a first name where a column of last names stands beside them, and for a last name beside first ones.
const LOOSE_NAMES: [&str; 4] = ["name", "nombre", "nome", "nom"];

fn plain(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn by_header(header: &str) -> Option<ImportField> {
    let plain = plain(header);
    let found = HEADERS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(field, _)| *field);
    found.or_else(|| numbered(&plain))
}

/// "Phone 2 - Value" and "E-mail 1 - Value" of address books, "E-mail 2 Address", "Mobile 2".
fn numbered(plain: &str) -> Option<ImportField> {
    let (front, rest) = plain.split_at(plain.find(|c: char| c.is_ascii_digit())?);
    match (front, rest.trim_start_matches(|c: char| c.is_ascii_digit())) {
        ("email" | "mail", "" | "value" | "address") => Some(ImportField::Email),
        ("phone" | "mobile" | "homephone" | "businessphone" | "telephone", "" | "value" | "number") => {
            Some(ImportField::Phone)
        }
        ("address", "formatted")
        | ("address" | "addressline" | "street" | "streetaddress" | "physicaladdress", "") => {
            Some(ImportField::Address)
        }
        ("organization", "name") => Some(ImportField::Company),
        _ => None,
    }
}

pub(super) fn is_name(field: Option<ImportField>) -> bool {
    matches!(field, Some(ImportField::Name | ImportField::FirstName | ImportField::LastName))
}

/// Whether a line names a column at all.
pub(super) fn names_one(cells: &[String]) -> bool {
    cells.iter().any(|cell| by_header(cell).is_some())
}

/// Whether a line names the columns of a table of people: who they are, and something of them.
pub(super) fn names_people(cells: &[String]) -> bool {
    let known: Vec<_> = cells.iter().map(|cell| by_header(cell)).filter(Option::is_some).collect();
    known.len() > 1 && known.iter().any(|field| is_name(*field))
}

/// Whether a line names columns in a language that is not known: it holds words where the lines below hold mails, phones
/// and dates.
pub(super) fn names_unknown(cells: &[String], below: &[Record]) -> bool {
    let holds = |cell: &str| cell.contains('@') || is_number(cell) || date_parts(cell).is_some();
    !cells.iter().any(|cell| holds(cell))
        && (0..cells.len())
            .any(|at| cells.get(at).is_some_and(|cell| !cell.is_empty()) && most(below, at, &holds))
}

/// Whether most cells of a column that say something hold this.
fn most(lines: &[Record], at: usize, holds: &dyn Fn(&str) -> bool) -> bool {
    let (mut count, mut held) = (0, 0);
    for cell in lines.iter().take(100).filter_map(|line| line.cells.get(at)).filter(|cell| !cell.is_empty()) {
        count += 1;
        held += usize::from(holds(cell));
    }
    count > 0 && held * 10 >= count * 7
}

fn is_mail(cell: &str) -> bool {
    cell.find('@').is_some_and(|at| at > 0)
}

pub(super) fn mapping_of(headers: &[String], lines: &[Record]) -> Vec<Option<ImportField>> {
    let mut fields: Vec<Option<ImportField>> = headers.iter().map(|header| by_header(header)).collect();
    let (first, last) =
        (fields.contains(&Some(ImportField::FirstName)), fields.contains(&Some(ImportField::LastName)));
    for (field, header) in fields.iter_mut().zip(headers) {
        let plain = plain(header);
        *field = match *field {
            Some(ImportField::Name) if LOOSE_NAMES.contains(&plain.as_str()) => match (first, last) {
                (false, true) => Some(ImportField::FirstName),
                (true, false) => Some(ImportField::LastName),
                _ => Some(ImportField::Name),
            },
            other => other,
        };
    }
    for (at, header) in headers.iter().enumerate() {
        // "Estado" is where somebody lives, or whether they are a client.
        if matches!(plain(header).as_str(), "estado" | "state") && most(lines, at, &says_state) {
            fields[at] = None;
        }
    }
    // No phone and no mail is lost to a header in a language that is not known.
    let is_dialled = |cell: &str| {
        is_number(cell)
            && date_parts(cell).is_none()
            && (cell.starts_with(['+', '0', '(']) || cell.contains([' ', '-', '/']))
    };
    for (field, holds) in
        [(ImportField::Phone, &is_dialled as &dyn Fn(&str) -> bool), (ImportField::Email, &is_mail)]
    {
        if !fields.contains(&Some(field))
            && let Some(at) = (0..headers.len()).find(|at| fields[*at].is_none() && most(lines, *at, holds))
        {
            fields[at] = Some(field);
        }
    }
    fields
}

/// What the columns hold, for a table that does not name them.
pub(super) fn by_content(lines: &[Record], width: usize) -> Vec<Option<ImportField>> {
    let mut fields = vec![None; width];
    let mut words = Vec::new();
    for (at, field) in fields.iter_mut().enumerate() {
        let most = |holds: &dyn Fn(&str) -> bool| most(lines, at, holds);
        *field = if most(&is_mail) {
            Some(ImportField::Email)
        } else if most(&|cell| cell.starts_with('@')) {
            Some(ImportField::Instagram)
        } else if most(&|cell| date_parts(cell).is_some()) {
            Some(ImportField::BirthDate)
        } else if most(&is_number) {
            Some(ImportField::Phone)
        } else {
            if most(&|cell| cell.chars().any(char::is_alphabetic)) {
                words.push((at, most(&|cell| !cell.contains(' '))));
            }
            None
        };
    }
    match words.as_slice() {
        [(first, true), (last, true), ..] => {
            fields[*first] = Some(ImportField::FirstName);
            fields[*last] = Some(ImportField::LastName);
        }
        [(name, _), ..] => fields[*name] = Some(ImportField::Name),
        [] => {}
    }
    fields
}
