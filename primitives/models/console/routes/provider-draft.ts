export const providerKinds = {
  openai: 'OpenAI-compatible (vLLM, llama-server, Ollama, OpenAI)',
  anthropic: 'Anthropic',
  bedrock: 'Amazon Bedrock',
  engine: 'Engine on this machine',
}

export interface ProviderDraft {
  kind: keyof typeof providerKinds
  /** Addresses, a line each. */
  replicas: string
  /** References: `env:NAME` or `file:NAME`. */
  apiKey: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** A pulled model. */
  model: string
}

export const newProvider: ProviderDraft = {
  kind: 'openai',
  replicas: '',
  apiKey: '',
  region: '',
  accessKeyId: '',
  secretAccessKey: '',
  model: '',
}

/** The provider as the file has it; what was left empty is left out. */
export function providerOf(draft: ProviderDraft): Record<string, unknown> {
  switch (draft.kind) {
    case 'openai':
      return {
        kind: 'openai',
        replicas: draft.replicas.split(/\s+/).filter((line) => line !== ''),
        ...(draft.apiKey === '' ? {} : { apiKey: draft.apiKey }),
      }
    case 'anthropic':
      return { kind: 'anthropic', apiKey: draft.apiKey }
    case 'bedrock':
      return {
        kind: 'bedrock',
        region: draft.region,
        accessKeyId: draft.accessKeyId,
        secretAccessKey: draft.secretAccessKey,
      }
    case 'engine':
      return { kind: 'engine', model: draft.model }
  }
}
