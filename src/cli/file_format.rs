//! The `--as` option of the commands that write new files.

use clap::ValueEnum;

use crate::syntax::SourceFormat;

/// The format of new files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FileFormat {
    /// YAML
    Yaml,
    /// The .watpl format
    Watpl,
}

impl From<FileFormat> for SourceFormat {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Yaml => Self::Yaml,
            FileFormat::Watpl => Self::Dsl,
        }
    }
}
