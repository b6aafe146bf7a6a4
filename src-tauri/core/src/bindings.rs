//! The desk's TypeScript types, written from the one list of commands.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use crate::access::{Action, Policy};
use crate::door::COMMANDS;
use crate::error::Fault;

/// Collects every type that a command names, once.
#[allow(missing_debug_implementations)] // ts-rs's Config has none.
pub(crate) struct Book {
    config: Config,
    declared: BTreeMap<String, String>,
}

impl Book {
    /// The type's name, with everything it is made of put into the book.
    pub(crate) fn name<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }
}

impl TypeVisitor for Book {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            let docs = T::docs().unwrap_or_default();
            let declared = format!("{docs}export {}", T::decl(&self.config));
            match self.declared.get(&name) {
                None => self.declared.insert(name, declared),
                Some(known) if *known == declared => return,
                // Two types of one name would make one of them wrong: neither compiles.
                Some(known) => {
                    let both = format!("{known}\n{declared}");
                    self.declared.insert(name, both)
                }
            };
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The whole of `ui/bindings/index.ts`.
pub fn typescript() -> String {
    let mut book = Book { config: Config::new().with_large_int("number"), declared: BTreeMap::new() };
    book.name::<Fault>();
    book.name::<Action>();
    book.name::<Policy>();
    let commands: Vec<String> = COMMANDS
        .iter()
        .map(|command| {
            let (args, reply) = (command.types)(&mut book);
            let (name, kind, money) = (command.name, command.kind_name(), command.is_money());
            format!("  /** {} */\n  \"{name}\": {{ kind: \"{kind}\"; keyed: {money}; args: {args}; reply: {reply} }};", command.summary)
        })
        .collect();
    let types: Vec<String> = book.declared.into_values().collect();
    let currencies: Vec<String> = crate::currency::to_choose()
        .iter()
        .map(|(code, exponent)| format!("  {code}: {exponent},"))
        .collect();
    format!(
        "// Written from the core's list of commands by its test suite. Do not edit.\n\n{}\n\n/** The currencies a studio can choose from, with their decimals. */\nexport const currencies: Record<string, number> = {{\n{}\n}};\n\n/** Every command of the door. */\nexport interface Commands {{\n{}\n}}\n",
        types.join("\n\n"),
        currencies.join("\n"),
        commands.join("\n")
    )
}
