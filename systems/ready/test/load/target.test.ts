import { expect, test } from 'vitest'
import { allowTarget, isLoopback } from '../../src/load/target.ts'
import { consentLine } from '../../src/safety/consent-line.ts'

const token = 'a-token-of-this-installation'
const never = () => Promise.resolve(null)

test('only this machine is loaded without consent, whatever an address is dressed up as [READY-LOAD-08]', async () => {
  await expect(allowTarget('http://127.0.0.1:8080', null, never)).resolves.toMatchObject({
    host: '127.0.0.1',
    port: 8080,
  })
  await expect(allowTarget('http://[::1]:8080/', null, never)).resolves.toMatchObject({ host: '::1' })
  for (const url of [
    'http://192.0.2.1',
    'http://169.254.169.254',
    'http://10.0.0.1:80',
    'http://0.0.0.0:80',
    'http://[::ffff:192.0.2.1]',
    'http://3232235777',
    'http://0x7f.1.evil.invalid',
    'http://127.0.0.1.evil.invalid',
    'http://127.0.0.1@192.0.2.1',
    'file:///etc/passwd',
    'demo2',
  ])
    await expect(allowTarget(url, token, never), url).rejects.toThrow()
  expect(
    ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '128.0.0.1', '127.evil', '1.127.0.0'].map(
      isLoopback,
    ),
  ).toEqual([true, true, true, true, false, false, false])
})

test('another host is loaded when it serves its consent, for it alone, to its day [READY-LOAD-08]', async () => {
  const asked: string[] = []
  const say = (text: string | null) => (target: { host: string }) => {
    asked.push(target.host)
    return Promise.resolve(text)
  }
  const nowMs = Date.parse('2026-11-28T23:59:00Z')
  const line = (host: string, until = '2026-11-28', secret = token) => consentLine(secret, host, until)
  await expect(
    allowTarget('http://192.0.2.1:81', token, say(`${line('192.0.2.1:81')}\n`), nowMs),
  ).resolves.toMatchObject({ host: '192.0.2.1' })
  const good = line('192.0.2.1')
  for (const [what, said] of [
    ['the secret itself', token],
    ['nothing', ''],
    ['no answer', null],
    ['of another host', line('192.0.2.2')],
    ['of another port', line('192.0.2.1:81')],
    ['of another installation', line('192.0.2.1', '2026-11-28', 'another-secret-of-others')],
    ['that has run out', line('192.0.2.1', '2026-11-27')],
    ['with a later day written in', good.replace('2026-11-28', '2099-12-31')],
    ['with another host written in', line('192.0.2.2').replace('192.0.2.2', '192.0.2.1')],
    ['among other text', `<p>${good}</p>`],
    ['twice', `${good}\n${good}`],
  ] as const)
    await expect(allowTarget('http://192.0.2.1', token, say(said), nowMs), what).rejects.toThrow(
      'does not serve a consent',
    )
  const before = asked.length
  await expect(allowTarget('http://192.0.2.1', null, say(good), nowMs)).rejects.toThrow('ready.consentToken')
  expect(asked).toHaveLength(before)
})
