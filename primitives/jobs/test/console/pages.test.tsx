// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Job from '../../console/job/job.tsx'
import Overview from '../../console/overview/overview.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

function jobsServer() {
  const server = fakeServer('/api/jobs', routesFrom(routeGroups))
  const sample = server.sample('get', '/jobs/:jobId')
  const job = {
    ...sample.job,
    id: 'job-1',
    name: 'Clearance of idm',
    state: 'running' as const,
    inputs: 200,
    inputsDone: 50,
    chunks: 4,
    chunksDone: 1,
    inputsFailed: 2,
    etaMs: 60_000,
  }
  const detail = { ...sample, job, chunkStates: 'drwx', running: [], failures: [], happened: [] }
  server.answer('get', '/jobs/:jobId', detail)
  const nodes = { ...server.sample('get', '/overview').nodes, windowMs: 900_000, happened: [] }
  return { server, job, detail, nodes }
}

test('the overview shows the queue and the nodes, asks for the time that is chosen, and leads to a job [JOBS-CONSOLE-01]', async () => {
  const { server, job, nodes } = jobsServer()
  server.stream('/live', [{ event: 'message', data: { executors: ['local'], jobs: [job], nodes } }])
  const page = await renderPage(Overview, { at: '/jobs', servers: [server] })
  const row = await page.findByRole('row', { name: /Clearance of idm/ })
  expect(row.textContent).toContain('25 %')
  expect(page.getByText('Live, each second')).toBeTruthy()
  await page.user.selectOptions(page.getByLabelText('Time'), 'Last 1 hour')
  expect(page.address()).toBe('/jobs?range=1h')
  await expect.poll(() => server.requests.at(-1)?.query).toEqual({ minutes: '60' })
  await page.user.click(page.getByRole('link', { name: 'Clearance of idm' }))
  expect(page.address()).toBe('/jobs/job-1')
  expect(server.problems).toEqual([])
})

test('an empty overview says how to get the first job, and runs the sample [JOBS-CONSOLE-01]', async () => {
  const { server, nodes } = jobsServer()
  server.stream('/live', [{ event: 'message', data: { executors: ['local'], jobs: [], nodes } }])
  server.answer('post', '/sample', { jobId: 'job-9' })
  const page = await renderPage(Overview, { at: '/jobs', servers: [server] })
  await page.findByText('No job yet')
  await page.user.click(page.getByRole('button', { name: 'Run the sample' }))
  await page.waitForGone('No job yet')
  await expect.poll(page.address).toBe('/jobs/job-9')
  expect(server.requests.at(-1)).toMatchObject({ method: 'post', path: '/sample' })
  expect(server.problems).toEqual([])
})

test('a job shows its chunks by state and its failed inputs, follows what happens, and is cancelled [JOBS-CONSOLE-01]', async () => {
  const { server, job, detail } = jobsServer()
  const failure = {
    index: 7,
    chunk: 1,
    code: 'input-timeout',
    message: 'It took too long.',
    input: '{"a":1}',
  }
  server.answer('post', '/jobs/:jobId/cancel', detail)
  server.stream('/jobs/:jobId/live', [
    { event: 'message', data: detail },
    { event: 'message', data: { ...detail, job, chunkStates: 'dfrx', failures: [failure] } },
  ])
  const page = await renderPage(Job, { path: '/jobs/$jobId', at: '/jobs/job-1', servers: [server] })
  await page.findByRole('img', {
    name: 'Chunks: 1 done; 1 done, with failed inputs; 1 running; 1 failed, waits for its retry',
  })
  const row = await page.findByRole('row', { name: /input-timeout/ })
  expect(row.textContent).toContain('It took too long.')
  expect(page.getByText('the first 1 of 2')).toBeTruthy()
  await page.user.click(page.getByRole('button', { name: 'Cancel Clearance of idm' }))
  const cancel = { method: 'post', path: '/jobs/:jobId/cancel', params: { jobId: 'job-1' } }
  await expect.poll(() => server.requests.at(-1)).toMatchObject(cancel)
  expect(server.problems).toEqual([])
})

test('a job that nobody works on is resumed, and a refusal is said', async () => {
  const { server, detail } = jobsServer()
  server.answer('get', '/jobs/:jobId', { ...detail, job: { ...detail.job, state: 'stopped', etaMs: null } })
  const failure = { status: 409, code: 'job-busy', message: 'Another process works on it.' }
  server.fail('post', '/jobs/:jobId/resume', failure)
  const page = await renderPage(Job, { path: '/jobs/$jobId', at: '/jobs/job-1', servers: [server] })
  await page.user.click(await page.findByRole('button', { name: 'Resume Clearance of idm' }))
  expect((await page.findByRole('alert')).textContent).toContain('Another process works on it.')
  expect(server.problems).toEqual([])
})

test('a job that nobody works on is deleted after a question, and the queue is shown [JOBS-SERVICE-06]', async () => {
  const { server, job, detail } = jobsServer()
  const done = { ...detail, job: { ...job, state: 'done' as const, inputsDone: 200 } }
  server.answer('get', '/jobs/:jobId', done)
  server.stream('/jobs/:jobId/live', [{ event: 'message', data: done }])
  server.answer('delete', '/jobs/:jobId', null)
  const page = await renderPage(Job, { path: '/jobs/$jobId', at: '/jobs/job-1', servers: [server] })
  await page.user.click(await page.findByRole('button', { name: 'Delete' }))
  const dialog = await page.findByRole('dialog', { name: 'Delete Clearance of idm?' })
  expect(dialog.textContent).toContain('200 inputs with their results')
  expect(server.requests.some(({ method }) => method === 'delete')).toBe(false)
  await page.user.click(page.getByRole('button', { name: 'Delete job' }))
  await expect.poll(page.address).toBe('/jobs')
  const request = { method: 'delete', path: '/jobs/:jobId', params: { jobId: 'job-1' } }
  expect(server.requests.find(({ method }) => method === 'delete')).toMatchObject(request)
  expect(server.problems).toEqual([])
})
