//! What must hold of the language as a whole, held over programs and facts that are made at random,
//! and over the cases that stand beside the policies.

mod corpus;
mod generated;
mod program;
mod unknown;
