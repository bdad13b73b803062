import { expect, test } from 'vitest'
import { allowTarget, isLoopback } from '../../src/load/target.ts'

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

test('another host is loaded when it serves the token, word for word [READY-LOAD-08]', async () => {
  const asked: string[] = []
  const say = (text: string | null) => (target: { host: string }) => {
    asked.push(target.host)
    return Promise.resolve(text)
  }
  await expect(allowTarget('http://192.0.2.1:81', token, say(`${token}\n`))).resolves.toMatchObject({
    host: '192.0.2.1',
  })
  await expect(allowTarget('http://192.0.2.1', token, say(`x${token}`))).rejects.toThrow('does not serve')
  await expect(allowTarget('http://192.0.2.1', token, say(''))).rejects.toThrow('does not serve')
  await expect(allowTarget('http://192.0.2.1', null, say(''))).rejects.toThrow('ready.consentToken')
  expect(asked).toHaveLength(3)
})
