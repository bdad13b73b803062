// @vitest-environment happy-dom
import { renderPage } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import { StopButton } from '../../console/live/stop-panel.tsx'

test('an emergency stop that did not go through says so, and is tried again by one press [CONSOLE-ACT-01]', async () => {
  let asked = 0
  const stop = () => (++asked === 1 ? Promise.reject(new Error('No gateway answers.')) : Promise.resolve())
  const page = await renderPage(() => <StopButton stop={stop} />, { at: '/robots', servers: [] })
  await page.user.click(page.getByRole('button', { name: /Emergency stop/ }))
  const dialog = await page.findByRole('dialog', { name: 'The floor was not told to stop' })
  expect(dialog.textContent).toContain('No gateway answers.')
  await page.user.click(page.getByRole('button', { name: 'Try again' }))
  await expect.poll(() => page.queryByRole('dialog')).toBeNull()
  expect(asked).toBe(2)
})
