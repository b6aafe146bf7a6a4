//! The papers that a new studio begins with, in its language: something to change, not legal advice.

use super::{ConsentKind, Question, QuestionKind, store, templates::day_start};
use crate::access::Permit;
use crate::door::Change;
use crate::error::Result;
use crate::studio::{Language, ServiceKind, store as studio};

/// How long answers about somebody's health are good.
const HEALTH_DAYS: i64 = 180;

struct Starter {
    kind: ConsentKind,
    name: &'static str,
    title: &'static str,
    body: &'static str,
    /// Question, whether it is a yes or no, and what a yes puts on the client.
    questions: &'static [(&'static str, bool, Option<&'static str>)],
}

const ENGLISH: [Starter; 3] = [
    Starter {
        kind: ConsentKind::Procedure,
        name: "Consent to the procedure",
        title: "Consent to a tattoo or piercing",
        body: "I, {client}, born {birth_date}, ask {studio} for the following: {service} by {artist}.

A tattoo or piercing is an injury to the skin that is made with care. I was told about it, could ask what I wanted, and understand that:

- it hurts, and redness, swelling and some bleeding are normal for a few days;
- it can become infected or leave a scar, above all when it is not looked after;
- pigments, metals, latex and cleaning agents can cause an allergic reaction, also months later;
- a tattoo is meant to last: colours change with the years, and removal is costly and never complete.

I am sober, I am not being pressed by anybody, and what I said about my health is true. I approved the design, its place and its spelling before the work began.

I was given the aftercare instructions and will follow them. When something does not heal as it should, I ask the studio or a doctor.

Guardian, where one is needed: {guardian}.

{studio}, {date}",
        questions: &[
            ("Have you had alcohol or drugs in the last 24 hours?", true, None),
            ("Have you eaten in the last four hours?", true, None),
        ],
    },
    Starter {
        kind: ConsentKind::Health,
        name: "Health questionnaire",
        title: "Questions about your health",
        body: "{client}, please answer for your own safety. Your answers are read by those who work on you, kept with your consent, and shown to nobody else.

Tell us when something changes before your next visit. What you tell us today is good for half a year.",
        questions: &[
            ("Do you have an allergy to metals such as nickel?", true, Some("Nickel or metal allergy")),
            ("Do you have an allergy to latex?", true, Some("Latex allergy: nitrile gloves")),
            ("Have you ever reacted to a pigment or to a tattoo?", true, Some("Reacted to pigment before")),
            ("Do you take blood thinners, or do you bleed for long?", true, Some("Bleeds long or takes blood thinners")),
            ("Do your scars grow thick (keloids)?", true, Some("Keloid scars")),
            ("Do you have diabetes?", true, Some("Diabetes")),
            ("Do you have epilepsy, or do you faint easily?", true, Some("Epilepsy or faints easily")),
            ("Do you have a heart condition or a pacemaker?", true, Some("Heart condition")),
            ("Are you pregnant or breast-feeding?", true, Some("Pregnant or breast-feeding")),
            ("Do you have an infection that is carried by blood?", true, None),
            ("Is there anything else we should know? Write \"nothing\" if not.", false, None),
        ],
    },
    Starter {
        kind: ConsentKind::Image,
        name: "Use of pictures",
        title: "Pictures of your piece",
        body: "{client}, may {studio} show pictures of this work?

Yes means: in the studio, in its portfolio and on its pages on the internet, without your name and without your face unless you agree to that separately. No means that pictures stay in your file.

This is up to you and changes nothing about your visit. You can take it back at any time; the studio then takes the pictures down where it can.

{studio}, {date}",
        questions: &[],
    },
];

const SPANISH: [Starter; 3] = [
    Starter {
        kind: ConsentKind::Procedure,
        name: "Consentimiento del procedimiento",
        title: "Consentimiento para tatuaje o perforación",
        body: "Yo, {client}, con fecha de nacimiento {birth_date}, solicito a {studio} lo siguiente: {service}, a cargo de {artist}.

Un tatuaje o una perforación es una herida en la piel que se hace con cuidado. Me lo explicaron, pude preguntar lo que quise y entiendo que:

- duele, y es normal que haya enrojecimiento, inflamación y algo de sangrado durante unos días;
- puede infectarse o dejar cicatriz, sobre todo si no se cuida;
- los pigmentos, los metales, el látex y los productos de limpieza pueden causar alergias, incluso meses después;
- un tatuaje es para siempre: los colores cambian con los años, y quitarlo es caro y nunca queda igual.

No he tomado alcohol ni drogas, nadie me presiona y lo que dije sobre mi salud es verdad. Aprobé el diseño, su lugar y su ortografía antes de empezar.

Recibí las instrucciones de cuidado y las voy a seguir. Si algo no sana como debe, pregunto en el estudio o a un médico.

Madre, padre o tutor, si hace falta: {guardian}.

{studio}, {date}",
        questions: &[
            ("¿Ha tomado alcohol o drogas en las últimas 24 horas?", true, None),
            ("¿Ha comido en las últimas cuatro horas?", true, None),
        ],
    },
    Starter {
        kind: ConsentKind::Health,
        name: "Cuestionario de salud",
        title: "Preguntas sobre su salud",
        body: "{client}, conteste por favor: es por su seguridad. Sus respuestas las lee quien trabaja con usted, se guardan con su consentimiento y no se muestran a nadie más.

Avísenos si algo cambia antes de su próxima visita. Lo que nos diga hoy vale por medio año.",
        questions: &[
            ("¿Tiene alergia a metales como el níquel?", true, Some("Alergia al níquel o a metales")),
            ("¿Tiene alergia al látex?", true, Some("Alergia al látex: guantes de nitrilo")),
            ("¿Ha tenido alguna reacción a un pigmento o a un tatuaje?", true, Some("Reaccionó antes a un pigmento")),
            ("¿Toma anticoagulantes o sangra por mucho tiempo?", true, Some("Sangra mucho o toma anticoagulantes")),
            ("¿Sus cicatrices crecen gruesas (queloides)?", true, Some("Cicatrices queloides")),
            ("¿Tiene diabetes?", true, Some("Diabetes")),
            ("¿Tiene epilepsia o se desmaya con facilidad?", true, Some("Epilepsia o se desmaya con facilidad")),
            ("¿Tiene alguna enfermedad del corazón o marcapasos?", true, Some("Enfermedad del corazón")),
            ("¿Está embarazada o amamantando?", true, Some("Embarazo o lactancia")),
            ("¿Tiene alguna infección que se transmite por la sangre?", true, None),
            ("¿Hay algo más que debamos saber? Si no, escriba «nada».", false, None),
        ],
    },
    Starter {
        kind: ConsentKind::Image,
        name: "Uso de imágenes",
        title: "Fotos de su pieza",
        body: "{client}, ¿puede {studio} mostrar fotos de este trabajo?

Sí quiere decir: en el estudio, en su portafolio y en sus páginas de internet, sin su nombre y sin su cara, salvo que lo acepte aparte. No quiere decir que las fotos se quedan en su expediente.

Usted decide, y no cambia nada de su visita. Puede retirarlo cuando quiera; el estudio quita entonces las fotos de donde pueda.

{studio}, {date}",
        questions: &[],
    },
];

/// Adds them to a new studio, whose services are there already. What goes under the skin asks for the first two.
pub(crate) fn add(cx: &Change<'_>, permit: &Permit, language: Language, owner: &str) -> Result<()> {
    let services = studio::services(cx.db())?;
    let pierces = |kind| matches!(kind, ServiceKind::Tattoo | ServiceKind::Piercing);
    let some: Vec<String> =
        services.iter().filter(|service| pierces(service.kind)).map(|service| service.id.clone()).collect();
    // A list that names them all would leave out the next one.
    let listed = if some.len() == services.len() { Vec::new() } else { some };
    let since = day_start(studio::zone(cx.db())?, cx.now())?;
    let db = cx.write(permit);
    for starter in match language {
        Language::English => ENGLISH,
        Language::Spanish => SPANISH,
    } {
        let id = cx.id()?;
        let image = starter.kind == ConsentKind::Image;
        let template = store::NewTemplate {
            id: &id,
            name: starter.name,
            kind: starter.kind,
            required: !image,
            valid_days: (starter.kind == ConsentKind::Health).then_some(HEALTH_DAYS),
            services: if image { &[] } else { &listed },
            active: true,
        };
        store::put_template(db, &template, since, cx.now())?;
        let questions = starter
            .questions
            .iter()
            .map(|(text, yes_no, alert)| {
                Ok(Question {
                    id: cx.id()?,
                    text: (*text).to_owned(),
                    kind: if *yes_no { QuestionKind::YesNo } else { QuestionKind::Text },
                    alert: alert.map(str::to_owned),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let version = store::NewVersion {
            id: &cx.id()?,
            template: &id,
            number: 1,
            title: starter.title,
            body: starter.body,
            questions: &questions,
            by: owner,
        };
        store::add_version(db, &version, cx.now())?;
    }
    Ok(())
}
