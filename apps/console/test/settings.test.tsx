// @vitest-environment happy-dom
import { renderPage } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Settings from '../src/pages/settings/settings.tsx'
import { consoleServer } from './support/console-server.ts'

test('makes a key, shows its secret, and asks before it is revoked', async () => {
  const server = consoleServer()
  const key = {
    ...server.sample('get', '/keys').keys[0],
    keyId: 'key_1',
    name: 'Web shop',
    revokedAtMs: null,
  }
  server.answer('get', '/keys', { keys: [key as never] })
  server.answer('post', '/keys', { key: key as never, secret: 'hl_secret' })
  const page = await renderPage(Settings, { at: '/settings', servers: [server] })

  await page.user.type(page.getByLabelText('Name'), 'Back office')
  await page.user.selectOptions(page.getByLabelText('For'), 'Operators')
  await page.user.click(page.getByRole('button', { name: 'Create key' }))
  await page.findByText('hl_secret')
  expect(server.requests.find(({ method }) => method === 'post')?.body).toEqual({
    name: 'Back office',
    kind: 'secret',
    scope: 'operator',
  })

  await page.user.click(await page.findByRole('button', { name: 'Revoke' }))
  const question = await page.findByRole('dialog', { name: 'Revoke “Web shop”?' })
  expect(question.textContent).toContain('cannot be undone')
  await page.user.click(page.getByRole('button', { name: 'Revoke key' }))
  await page.waitForGone('Revoke key')
  expect(server.requests.filter(({ method }) => method === 'delete')).toMatchObject([
    { params: { keyId: 'key_1' } },
  ])
  expect(server.problems).toEqual([])
})

test('makes a key for programs that call models, with limits and an end, and lists what it may use [CONSOLE-KEYS-01]', async () => {
  const server = consoleServer()
  const [sample] = server.sample('get', '/keys').keys
  const limits = {
    models: ['answers', 'small'],
    requestsPerMinute: 60,
    tokensPerMinute: null,
    maxInFlight: null,
    budgetUsdPerDay: 2.5,
    budgetUsdPerMonth: null,
  }
  const key = { ...sample, name: 'Old program', revokedAtMs: null, expiresAtMs: null, limits }
  server.answer('get', '/keys', { keys: [key as never] })
  server.answer('post', '/keys', { key: key as never, secret: 'hl_secret' })
  const page = await renderPage(Settings, { at: '/settings', servers: [server] })
  await page.findByText('answers, small · 60 requests a minute · 2.5 USD a day')

  await page.user.type(page.getByLabelText('Name'), 'Program')
  await page.user.selectOptions(page.getByLabelText('For'), 'Programs that call models')
  await page.user.type(page.getByLabelText('Models'), 'answers, small')
  await page.user.type(page.getByLabelText('Requests a minute'), '60')
  await page.user.type(page.getByLabelText('Budget, USD a day'), '2.5')
  await page.user.type(page.getByLabelText('Works until the end of'), '2099-12-31')
  await page.user.click(page.getByRole('button', { name: 'Create key' }))
  await page.findByText('hl_secret')
  expect(server.requests.find(({ method }) => method === 'post')?.body).toEqual({
    name: 'Program',
    kind: 'secret',
    scope: 'models',
    limits,
    expiresAtMs: new Date('2099-12-31T23:59:59.999').getTime(),
  })
  expect(server.problems).toEqual([])
})

test('lists the configuration with where each value came from', async () => {
  const server = consoleServer()
  server.answer('get', '/settings', {
    options: [
      { name: 'server.port', description: 'Where it listens.', value: '4650', source: 'default' },
      { name: 'log.level', description: 'How much is said.', value: 'debug', source: 'environment' },
    ],
  })
  const page = await renderPage(Settings, { at: '/settings', servers: [server] })
  await page.findByText('server.port')
  expect(page.getByText('environment')).toBeTruthy()
})
