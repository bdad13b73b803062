/** Asks a gateway and reads all of the answer. */
export interface Answered {
  status: number
  cache: string | null
  model: string | null
  id: string | null
  body: string
  /** The text that the model said, whatever the API and however it came. */
  text: string
}

const questions = {
  'chat/completions': { messages: [{ role: 'user', content: 'hi' }] },
  completions: { prompt: 'hi', max_tokens: 16 },
  messages: { messages: [{ role: 'user', content: 'hi' }], max_tokens: 16 },
  responses: { input: 'hi' },
  embeddings: { input: 'hi' },
}

export type AskedPath = keyof typeof questions

export async function ask(
  address: string,
  path: AskedPath = 'chat/completions',
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${address}/v1/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'm', ...questions[path], ...more }),
  })
  const body = await response.text()
  return {
    status: response.status,
    cache: response.headers.get('x-heavylift-cache'),
    model: response.headers.get('x-heavylift-model'),
    id: response.headers.get('x-request-id'),
    body,
    text: textOf(body),
  }
}

function textOf(body: string): string {
  if (body.startsWith('{')) return saidIn(JSON.parse(body))
  let text = ''
  for (const line of body.split('\n')) {
    if (!line.startsWith('data: {')) continue
    const event = JSON.parse(line.slice(6)) as { type?: string; delta?: unknown }
    if (event.type === 'response.output_text.delta') text += String(event.delta)
    // The other events of a Responses stream say the same again.
    else if (!event.type?.startsWith('response.')) text += saidIn(event)
  }
  return text
}

/** The one text in an answer or event: `content` or `text`, at any depth. */
function saidIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) return value.map(saidIn).join('')
  return Object.entries(value)
    .filter(([name]) => name !== 'response')
    .map(([name, inner]) =>
      typeof inner === 'string' && (name === 'content' || name === 'text') ? inner : saidIn(inner),
    )
    .join('')
}
