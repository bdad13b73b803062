import { describe, expect, it } from 'vitest'
import { readCloudEvents } from '../../src/triggers/cloud-event.ts'
import { nextTick } from '../../src/triggers/next-tick.ts'
import { newWebhookSecret, readWebhook, signWebhook } from '../../src/triggers/webhook.ts'

const nowMs = 1_700_000_000_000
const bytes = (text: string) => new TextEncoder().encode(text)

function request(secret: string, body: string, more: Record<string, string> = {}): Headers {
  const timestamp = String(nowMs / 1000)
  return new Headers({
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': signWebhook(secret, 'msg_1', timestamp, bytes(body)),
    ...more,
  })
}

describe('a webhook', () => {
  const secret = newWebhookSecret()

  it('is signed as Standard Webhooks says [AGENTS-HOOK-01]', () => {
    // The example of the specification's libraries.
    expect(
      signWebhook(
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        'msg_p5jXN8AQM9LWM0D4loKWxJek',
        '1614265330',
        bytes('{"test": 2432232314}'),
      ),
    ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    expect(readWebhook(secret, request(secret, '{"a":1}'), bytes('{"a":1}'), nowMs)).toEqual({
      id: 'msg_1',
      data: { a: 1 },
    })
    const rotated = request(secret, '{}')
    rotated.set('webhook-signature', `v1,AAAA v1a,xyz ${rotated.get('webhook-signature')}`)
    expect(readWebhook(secret, rotated, bytes('{}'), nowMs).data).toEqual({})
  })

  it('with a wrong signature, another body, an old timestamp or no headers is refused [AGENTS-HOOK-01]', () => {
    const code = (headers: Headers, body = '{}', atMs = nowMs): unknown => {
      try {
        return readWebhook(secret, headers, bytes(body), atMs)
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect(code(request(newWebhookSecret(), '{}'))).toBe('webhook-signature-wrong')
    expect(code(request(secret, '{}'), '{"a":1}')).toBe('webhook-signature-wrong')
    expect(code(request(secret, '{}', { 'webhook-id': 'msg_2' }))).toBe('webhook-signature-wrong')
    expect(code(new Headers())).toBe('webhook-signature-wrong')
    expect(code(request(secret, '{}'), '{}', nowMs + 301_000)).toBe('webhook-too-old')
    expect(code(request(secret, '{}'), '{}', nowMs - 301_000)).toBe('webhook-too-old')
    expect(code(request(secret, 'x{'), 'x{')).toBe('webhook-body-wrong')
  })
})

describe('CloudEvents', () => {
  const event = { specversion: '1.0', id: '1', source: '/shop', type: 'order.paid', data: { n: 1 } }

  it('are read in all three modes of HTTP [AGENTS-EVENT-01]', () => {
    const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' }
    expect(readCloudEvents(new Headers(structured), JSON.stringify(event))).toEqual([event])
    const batched = { 'content-type': 'application/cloudevents-batch+json' }
    expect(readCloudEvents(new Headers(batched), JSON.stringify([event, event]))).toHaveLength(2)
    const binary = new Headers({
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': '1',
      'ce-source': '/shop',
      'ce-type': 'order.paid',
    })
    expect(readCloudEvents(binary, '{"n":1}')).toMatchObject([event])
    expect(() => readCloudEvents(new Headers(structured), '{"id":1}')).toThrow(/no CloudEvent 1.0/)
  })
})

describe('a schedule', () => {
  it('has a next moment in its time zone, each second if it says so, and is refused where it is none [AGENTS-CRON-01]', () => {
    const at = Date.parse('2026-03-28T12:00:00Z')
    expect(nextTick('0 8 * * *', 'UTC', at)).toBe(Date.parse('2026-03-29T08:00:00Z'))
    // Summer time begins that night.
    expect(nextTick('0 8 * * *', 'Europe/Berlin', at)).toBe(Date.parse('2026-03-29T06:00:00Z'))
    expect(nextTick('* * * * * *', 'UTC', at)).toBe(at + 1_000)
    expect(() => nextTick('every day', 'UTC', at)).toThrow(/is no schedule/)
    expect(() => nextTick('0 8 * * *', 'Mars/Base', at)).toThrow(/is no schedule/)
  })
})
