import { InvalidInputError } from '@heavylift/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rewriteBody } from '../../src/wire/rewrite-body.ts'
import { promptTokens, scanBody } from '../../src/wire/scan-body.ts'

const scan = (text: string) => scanBody(Buffer.from(text))
const json = fc.json({ maxDepth: 6, stringUnit: 'binary' })
const text = fc.string({ unit: 'binary' })

/** JSON with white space and escapes where the standard allows them. */
const styled = (value: unknown, space: string, isEscaped: boolean): string => {
  const out = JSON.stringify(value, null, space)
  return isEscaped
    ? out.replaceAll(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : out
}

describe('scanBody', () => {
  test('finds what JSON.parse finds, whatever the white space, escapes and other members [MODELS-WIRE-01]', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            model: text,
            stream: fc.boolean(),
            max_tokens: fc.integer({ min: 1, max: 1e6 }),
            n: fc.integer({ min: 1, max: 9 }),
            user: text,
            messages: fc.array(fc.jsonValue()),
            tools: fc.array(fc.jsonValue()),
            system: text,
            other: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        fc.constantFrom('', ' ', '\t', '\n  '),
        fc.boolean(),
        (request, space, isEscaped) => {
          const bytes = Buffer.from(styled(request, space, isEscaped))
          const found = scanBody(bytes)
          expect(found.model).toBe(request.model ?? null)
          expect(found.isStream).toBe(request.stream ?? false)
          expect(found.maxTokens).toBe(request.max_tokens ?? null)
          expect(found.choices).toBe(request.n ?? 1)
          expect(found.user).toBe(request.user ?? null)
          const prompt = found.prompt.map((span) => JSON.parse(bytes.toString('utf8', span.start, span.end)))
          // JSON.parse has its own idea of -0 and of lone surrogates.
          const parsed = JSON.parse(bytes.toString('utf8')) as typeof request
          expect(prompt).toEqual(
            [parsed.system, parsed.tools, parsed.messages].filter((value) => value !== undefined),
          )
        },
      ),
    )
  })

  test('refuses no object that JSON.parse accepts', () => {
    fc.assert(
      fc.property(json, (value) => {
        const body = scan(`{"x":${value}}`)
        expect(body.isEmpty).toBe(false)
      }),
    )
  })

  test('refuses what JSON.parse refuses, wherever a bracket, comma, colon, digit or letter is changed [MODELS-WIRE-02]', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.constantFrom(...'{}[],:"0-.etn '.split('')), (value, at, letter) => {
        const whole = Buffer.from(`{"x":${value.replaceAll('\\', '')}}`)
        whole[at % whole.length] = letter.charCodeAt(0)
        let isValid = true
        try {
          const parsed: unknown = JSON.parse(whole.toString('utf8'))
          isValid = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
        } catch (error) {
          // The inside of strings is not the scanner's.
          if (String(error).includes('control character') || String(error).includes('escape')) return
          isValid = false
        }
        if (isValid) expect(() => scanBody(whole)).not.toThrow()
        else expect(() => scanBody(whole)).toThrow(InvalidInputError)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['', 0],
    ['[]', 0],
    ['"text"', 0],
    ['{"model":"a"', 12],
    ['{"model":"a"} x', 14],
    ['{"model":}', 9],
    ['{"model":01}', 10],
    ['{"a":[1,]}', 8],
    ['{"a":1,}', 7],
    ['{model:1}', 1],
    ['{"a":"open', 5],
    ['\ufeff{}', 0],
  ])('says where %j stops being JSON', (wrong, position) => {
    expect(() => scan(wrong)).toThrow(
      expect.objectContaining({ code: 'body-not-json', status: 400, details: { position } }),
    )
  })

  test('reads the last of double members as JSON.parse does, also by an escaped name', () => {
    const body = scan(String.raw`{"model":"a","mod\u0065l":"b","n":2,"n":3}`)
    expect(body).toMatchObject({ model: 'b', choices: 3 })
    expect(body.modelSpans).toHaveLength(2)
  })

  test('refuses brackets that are nested without end, in bounded time and stack', () => {
    expect(() => scan(`{"a":${'['.repeat(5_000_000)}`)).toThrow(/nested/)
  })

  test('text without blanks is text, whatever its length; base64 counts where the APIs have it [MODELS-MONEY-05]', () => {
    const long = 'x'.repeat(10_000_000)
    const tokensOf = (content: unknown) =>
      promptTokens(scanBody(Buffer.from(JSON.stringify({ messages: [{ role: 'user', content }] }))))
    expect(tokensOf(long)).toBeGreaterThan(2_400_000)
    const source = { type: 'base64', media_type: 'image/png', data: long }
    expect(tokensOf([{ type: 'image', source }])).toBeLessThan(1500)
  })

  test('counts words by their bytes and a picture as a picture', () => {
    const words = 'a few words. '.repeat(1000)
    const ofWords = scan(JSON.stringify({ messages: [{ role: 'user', content: words }] }))
    expect(promptTokens(ofWords)).toBeGreaterThan(words.length / 4)
    expect(promptTokens(ofWords)).toBeLessThan(words.length / 4 + 20)
    const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(50_000)}`
    const ofPicture = scan(
      JSON.stringify({ messages: [{ content: [{ type: 'image_url', image_url: { url: picture } }] }] }),
    )
    expect(promptTokens(ofPicture)).toBeLessThan(2000)
  })
})

describe('rewriteBody', () => {
  const rewrite = (source: string, edits: Parameters<typeof rewriteBody>[2]) => {
    const bytes = Buffer.from(source)
    return rewriteBody(bytes, scanBody(bytes), edits).toString('utf8')
  }

  test('changes the model and nothing else, byte for byte [MODELS-WIRE-01]', () => {
    const source = '{ "a" : 1.0e2,\n"model" :"small" , "é\\u00e9":"\\/" }'
    expect(rewrite(source, { model: 'large"' })).toBe(source.replace('"small"', '"large\\""'))
    expect(rewrite(source, { model: 'small' })).toBe(source)
  })

  test('names the same model to an upstream that takes the first of doubles', () => {
    expect(rewrite('{"model":"x","model":"y"}', { model: 'z' })).toBe('{"model":"z","model":"z"}')
  })

  test.each([
    ['{}', '{"stream_options":{"include_usage":true}}'],
    ['{"a":1 }', '{"a":1 ,"stream_options":{"include_usage":true}}'],
    ['{"stream_options":null}', '{"stream_options":{"include_usage":true}}'],
    ['{"stream_options":{"x":1}}', '{"stream_options":{"x":1,"include_usage":true}}'],
    ['{"stream_options":{"include_usage":false}}', '{"stream_options":{"include_usage":true}}'],
    ['{"stream_options": { "include_usage" : true }}', '{"stream_options": { "include_usage" : true }}'],
  ])('asks for usage in %s', (source, expected) => {
    expect(rewrite(source, { addUsage: true })).toBe(expected)
  })

  test('edits parse to the same request with the edits made', () => {
    fc.assert(
      fc.property(fc.dictionary(text, fc.jsonValue()), text, (other, model) => {
        const source = JSON.stringify({ ...other, model: 'm' }, null, 1)
        const before = JSON.parse(source) as Record<string, unknown>
        const after = JSON.parse(rewrite(source, { model, addUsage: true })) as Record<string, unknown>
        expect(after).toEqual({
          ...before,
          model: JSON.parse(JSON.stringify(model)),
          stream_options: expect.objectContaining({ include_usage: true }),
        })
      }),
    )
  })
})
