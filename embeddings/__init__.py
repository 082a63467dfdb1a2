"""Articles to vectors.

An *encoder* turns a text into a vector so that texts about the same thing lie close together, in whatever
language they are. Read `encoder` first: the Protocol there is all that the rest of the project asks of one.
`loading` finds an encoder by name, if need be at the `hub`; the bundled one is built from `use_weights` (what
ships in a package), `use_tokens` (text to tokens), `use_network` with `exact` (tokens to vectors, the same
bytes everywhere) and `use_texts` (one behind the other), with `use_module` as a sentence-transformers module;
`e5` is the optional small one. `long_texts` splits and pools what an encoder can't read at once; `brought`
reads vectors that the user brings. `embedding` puts the disk `cache` in front of any of them, and
`language_bias` takes out of the vectors, and measures, what they say about the language rather than the
subject; `language_centres` does so for later articles, and `topic_languages` asks the same of topics.
"""

from embeddings.brought import VectorsError, read_vectors
from embeddings.cache import CacheError, VectorCache, default_cache
from embeddings.embedding import EncoderError, embed
from embeddings.encoder import Embeddings, Encoder, EncoderUnavailable
from embeddings.language_bias import Leakage, centre_languages, language_leakage
from embeddings.language_centres import LanguageCentres
from embeddings.loading import DEFAULT_ENCODER, load_encoder
from embeddings.topic_languages import topics_and_languages

__all__ = [
    "DEFAULT_ENCODER",
    "CacheError",
    "Embeddings",
    "Encoder",
    "EncoderError",
    "EncoderUnavailable",
    "LanguageCentres",
    "Leakage",
    "VectorCache",
    "VectorsError",
    "centre_languages",
    "default_cache",
    "embed",
    "language_leakage",
    "load_encoder",
    "read_vectors",
    "topics_and_languages",
]
