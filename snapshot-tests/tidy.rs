//! What holds of the tree as a whole.
