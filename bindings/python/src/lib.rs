//! Huize for Python: JSON texts cross the boundary, objects stand on the other side.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use huize::diagnostic::Language;
use huize::engine::{JsonService, Library};

/// Policies, ready to decide; shared between threads.
#[pyclass(frozen, module = "huize._huize")]
struct Service {
    service: JsonService,
}

#[pymethods]
impl Service {
    /// The policies that come with Huize, or those in `texts`: pairs of a name and a text.
    #[new]
    #[pyo3(signature = (texts=None))]
    fn new(py: Python<'_>, texts: Option<Vec<(String, String)>>) -> Self {
        let library = py.detach(|| match texts {
            Some(texts) => Library::from_texts(texts),
            None => Library::builtin(),
        });
        Self { service: JsonService::new(library) }
    }

    fn decide(&self, py: Python<'_>, document: &str) -> PyResult<String> {
        answered(py.detach(|| self.service.decide(document)))
    }

    fn explain(&self, py: Python<'_>, document: &str, english: bool) -> PyResult<String> {
        let language = if english { Language::En } else { Language::Zh };
        answered(py.detach(|| self.service.explain(document, language)))
    }

    fn schema(&self, py: Python<'_>, name: &str, results: bool) -> PyResult<String> {
        answered(py.detach(|| self.service.schema(name, results)))
    }

    fn check(&self, py: Python<'_>) -> String {
        py.detach(|| self.service.check())
    }
}

/// The findings travel as the text of an exception; the Python side makes its own of it.
fn answered(answer: Result<String, String>) -> PyResult<String> {
    answer.map_err(PyValueError::new_err)
}

#[pymodule]
fn _huize(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Service>()
}
