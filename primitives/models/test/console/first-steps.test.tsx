// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { FoundServers } from '../../console/first/found-servers.tsx'
import { PullModels } from '../../console/first/pull-models.tsx'
import { SampleNotice } from '../../console/sample-notice.tsx'
import type { Pull } from '../../src/engines/pulls.ts'
import { routeGroups } from '../../src/routes/route-groups.ts'

const modelsServer = () => fakeServer('/api/models', routesFrom(routeGroups))
const catalogue = [
  { name: 'smollm2', summary: 'A small one.', licence: 'Apache-2.0', bytes: 98_362_432 },
  { name: 'gemma3-270m', summary: 'A base model.', licence: 'Gemma Terms of Use', bytes: 253_113_024 },
]
const running: Pull = {
  name: 'smollm2',
  state: 'running',
  stage: 'downloading',
  done: 49_181_216,
  total: 98_362_432,
  unit: 'bytes',
  error: null,
  startedAtMs: 0,
}

test('models are pulled by a button, with size and licence; a pull shows how far it is and is cancelled [MODELS-CONSOLE-11]', async () => {
  const server = modelsServer()
  server.stream('/pulls/live', [{ event: 'message', data: { catalogue, pulls: [running] } }])
  server.answer('post', '/pulls', { ...running, name: 'gemma3-270m' })
  const page = await renderPage(() => <PullModels pulled={[]} />, { servers: [server] })
  const list = await page.findByRole('list', { name: 'Models that can be pulled' })
  expect(list.textContent).toMatch(/94 MiB.*Licence: Apache-2\.0.*241 MiB.*Gemma Terms of Use/)
  expect(page.getByRole('status').textContent).toMatch(/downloading · 47 MiB of 94 MiB/)
  await page.user.click(page.getByRole('button', { name: 'Pull gemma3-270m' }))
  expect(server.requests.at(-1)).toMatchObject({ method: 'post', body: { name: 'gemma3-270m' } })
  await page.user.click(page.getByRole('button', { name: 'Cancel the pull of smollm2' }))
  expect(server.requests.at(-1)).toMatchObject({ method: 'delete', query: { name: 'smollm2' } })
  expect(server.problems).toEqual([])
})

test('a pull that failed says why and what to do, and can be begun again; one that is here is said to be [MODELS-CONSOLE-11]', async () => {
  const server = modelsServer()
  const error = {
    code: 'model-source-unreachable',
    message: 'pypi.org cannot be reached. Check the network.',
  }
  server.stream('/pulls/live', [
    { event: 'message', data: { catalogue, pulls: [{ ...running, state: 'failed', error }] } },
  ])
  const page = await renderPage(() => <PullModels pulled={['gemma3-270m']} />, { servers: [server] })
  expect((await page.findByRole('alert')).textContent).toContain('Check the network.')
  expect(page.getByText('On this machine')).toBeDefined()
  await page.user.click(page.getByRole('button', { name: 'Pull smollm2' }))
  expect(server.requests.at(-1)).toMatchObject({ path: '/pulls', body: { name: 'smollm2' } })
})

test('the engine that a pull brings is counted in packages', async () => {
  const server = modelsServer()
  const pull: Pull = { ...running, stage: 'installing the engine', done: 93, total: 118, unit: 'packages' }
  server.stream('/pulls/live', [{ event: 'message', data: { catalogue, pulls: [pull] } }])
  const page = await renderPage(() => <PullModels pulled={[]} />, { servers: [server] })
  await page.findByText('installing the engine · 93 of 118 packages')
})

test('a server on this machine enters the table by a click, and not before [MODELS-CONSOLE-12]', async () => {
  const server = modelsServer()
  const found = { kind: 'Ollama', url: 'http://127.0.0.1:11434/v1', models: ['llama3.2:1b'], isUsed: false }
  server.answer('get', '/servers', { servers: [found] })
  server.answer('post', '/servers', { servers: [{ ...found, isUsed: true }] })
  const page = await renderPage(FoundServers, { servers: [server] })
  await page.findByText('llama3.2:1b')
  expect(server.requests.every(({ method }) => method === 'get')).toBe(true)
  await page.user.click(page.getByRole('button', { name: /^Use Ollama/ }))
  await page.findByText('In the table')
  expect(server.requests.at(-1)).toMatchObject({ method: 'post', body: { url: found.url } })
})

test('sample traffic is said to be one, and goes by one click [MODELS-CONSOLE-13]', async () => {
  const server = modelsServer()
  server.answer('get', '/sample', { isOn: true })
  const page = await renderPage(SampleNotice, { servers: [server] })
  await page.findByText('Sample traffic')
  server.answer('get', '/sample', { isOn: false })
  await page.user.click(page.getByRole('button', { name: 'Remove the sample' }))
  await expect.poll(() => page.queryByText('Sample traffic')).toBeNull()
  expect(server.requests.some(({ method, path }) => method === 'delete' && path === '/sample')).toBe(true)
})
