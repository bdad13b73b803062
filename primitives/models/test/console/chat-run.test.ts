import { describe, expect, it } from 'vitest'
import { beginRun, readChunk, tokensPerSecond } from '../../console/playground/chat-run.ts'
import {
  asCurl,
  asOpenAiClient,
  chatRequest,
  parameterProblems,
} from '../../console/playground/chat-request.ts'

const typed = { system: '', prompt: 'It’s "so"', temperature: '0.2', maxTokens: '', schema: '' }

describe('a run in the playground', () => {
  it('tells first token, gaps and rate from when the pieces came, and usage from the provider [MODELS-CONSOLE-02]', () => {
    const run = beginRun('large', 1000)
    readChunk(run, delta({ role: 'assistant', content: '' }), 1100)
    expect(run.state).toBe('waiting')
    readChunk(run, delta({ content: 'One' }), 1200)
    readChunk(run, delta({ content: ' two' }), 1250)
    readChunk(run, delta({ content: ' three' }), 1400)
    readChunk(run, JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] }), 1401)
    readChunk(run, JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 5 } }), 1402)
    readChunk(run, '[DONE]', 1403)
    expect(run).toMatchObject({
      text: 'One two three',
      firstTokenMs: 1200,
      gapsMs: [50, 150],
      finishReason: 'stop',
      usage: { prompt: 9, cached: 0, output: 5 },
    })
    expect(tokensPerSecond(run)).toBeCloseTo(20)
  })

  it('fails on an error event and keeps what was written before it [MODELS-CONSOLE-02]', () => {
    const run = beginRun('large', 0)
    readChunk(run, delta({ content: 'Half' }), 10)
    readChunk(run, JSON.stringify({ error: { code: 'model-cut-off', message: 'The stream broke.' } }), 20)
    expect(run).toMatchObject({
      state: 'failed',
      text: 'Half',
      endedMs: 20,
      error: { code: 'model-cut-off', message: 'The stream broke.' },
    })
  })

  it('sends only what was set, and says what cannot be sent', () => {
    expect(chatRequest('large', typed)).toEqual({
      model: 'large',
      messages: [{ role: 'user', content: 'It’s "so"' }],
      temperature: 0.2,
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(
      Object.keys(parameterProblems({ ...typed, temperature: '3', maxTokens: '0', schema: '{' })),
    ).toEqual(['temperature', 'maxTokens', 'schema'])
    expect(parameterProblems(typed)).toEqual({})
  })

  it('copies as a command whose quotes a shell reads back, and as a client, neither with a key in it', () => {
    const body = chatRequest('large', { ...typed, prompt: "it's" })
    const json = /-d '([\s\S]*)'$/.exec(asCurl('http://host', body))?.[1] ?? ''
    expect(JSON.parse(json.replaceAll(`'\\''`, "'"))).toEqual(body)
    expect(asOpenAiClient('http://host', body)).toContain("baseURL: 'http://host/v1'")
    expect(asCurl('http://host', body)).toContain('$HEAVYLIFT_API_KEY')
  })
})

function delta(part: object): string {
  return JSON.stringify({ choices: [{ index: 0, delta: part, finish_reason: null }] })
}
