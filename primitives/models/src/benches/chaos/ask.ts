/** What a client saw of one request. */
export type Sight =
  /** The whole answer. */
  | 'whole'
  /** An error answer instead of it, with its status. */
  | 'refused'
  /** An error event after a part of it. */
  | 'cut'
  /** A connection that broke: no clean end, but no word why either. */
  | 'broken'
  /** The end of a good answer after a part of it. */
  | 'silent-cut'
  /** Nothing more for longer than every deadline. */
  | 'hung'

/** Asks once; never rejects. `hungMs`: nobody may wait longer. */
export async function ask(url: string, model: string, hungMs: number, stream = true): Promise<Sight> {
  let isHung = false
  const abort = new AbortController()
  const timer = setTimeout(() => {
    isHung = true
    abort.abort()
  }, hungMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      signal: abort.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'hi' }] }),
    })
    const text = await response.text()
    if (response.status >= 400) return 'refused'
    if (text.includes(stream ? 'data: [DONE]' : '"finish_reason":"stop"')) return 'whole'
    return /"error":/.test(text.trimEnd().split('\n\n').at(-1) ?? '') ? 'cut' : 'silent-cut'
  } catch {
    return isHung ? 'hung' : 'broken'
  } finally {
    clearTimeout(timer)
  }
}
