// @vitest-environment happy-dom
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import {
  ActionButton,
  ConfirmDialog,
  Facts,
  FilterBar,
  FilterText,
  Page,
  Spans,
  TimeRange,
  Timeline,
  useTimeRange,
} from '../src/index.ts'
import { chosenTime } from '../src/kit/time-range.ts'
import { listenForShortcuts, PlaceContext, useShortcuts } from '../src/shell.ts'
import { renderPage } from '../src/testing/index.ts'

test('asks before something goes, says how much, and does nothing on Enter alone [UI-CONFIRM-01]', async () => {
  const act = vi.fn<() => void>()
  function Question() {
    const [isOpen, setIsOpen] = useState(true)
    return (
      <ConfirmDialog
        isOpen={isOpen}
        title="Replace the catalog?"
        going={[{ count: 5000, what: 'products' }]}
        confirm="Replace 5,000 products"
        word="replace"
        onConfirm={act}
        onCancel={() => setIsOpen(false)}
      >
        This cannot be undone.
      </ConfirmDialog>
    )
  }
  const page = await renderPage(Question)
  const dialog = await page.findByRole('dialog', { name: 'Replace the catalog?' })
  expect(dialog.textContent).toContain('5,000 products')
  const confirm = page.getByRole('button', { name: 'Replace 5,000 products' }) as HTMLButtonElement
  expect(confirm.disabled).toBe(true)
  await page.user.type(page.getByLabelText('Type replace to go on'), 'replace')
  await page.user.click(confirm)
  expect(act).toHaveBeenCalledOnce()
  await page.user.click(page.getByRole('button', { name: 'Keep it' }))
  expect(act).toHaveBeenCalledOnce()
})

test('runs a main action by its key, not while one types, and lists it [UI-KEYS-01]', async () => {
  const act = vi.fn<() => void>()
  function Desk() {
    const [text, setText] = useState('')
    const shortcuts = useShortcuts()
    return (
      <Page title="Desk" actions={<ActionButton label="Clear a version" shortcut="n" onAct={act} />}>
        <FilterBar isFiltered={text !== ''} onClear={() => setText('')}>
          <FilterText label="Find" value={text} onChange={setText} />
        </FilterBar>
        <p>{shortcuts.map(({ keys, label }) => `${keys}: ${label}`).join()}</p>
      </Page>
    )
  }
  const stop = listenForShortcuts()
  const page = await renderPage(Desk)
  await page.findByText('n: Clear a version')
  await page.user.keyboard('n')
  expect(act).toHaveBeenCalledOnce()
  await page.user.type(page.getByLabelText('Find'), 'n')
  expect(act).toHaveBeenCalledOnce()
  await page.user.click(page.getByRole('button', { name: 'Clear filters' }))
  expect((page.getByLabelText('Find') as HTMLInputElement).value).toBe('')
  stop()
})

test('names the document for the page and its system', async () => {
  await renderPage(() => <Page title="Insights">x</Page>, {
    frame: (page) => <PlaceContext value="Live">{page}</PlaceContext>,
  })
  expect(document.title).toBe('Insights · Live · Heavylift')
})

test('keeps the range of time in the URL, as a stretch or as fixed ends [UI-TIME-01]', async () => {
  const page = await renderPage(
    () => {
      const time = useTimeRange('24h')
      return (
        <>
          <TimeRange of={time} />
          <p>{time.label}</p>
        </>
      )
    },
    { at: '/ledger' },
  )
  await page.findByText('last 24 hours')
  await page.user.selectOptions(page.getByLabelText('Time'), 'Last 7 days')
  expect(page.address()).toBe('/ledger?range=7d')
  await page.user.selectOptions(page.getByLabelText('Time'), 'Any time')
  await page.findByText('any time', { selector: 'p' })
  await page.user.selectOptions(page.getByLabelText('Time'), 'From … to')
  expect(page.address()).toMatch(/^\/ledger\?from=/)
  expect((page.getByLabelText('From') as HTMLInputElement).value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
  expect(chosenTime({ range: '1h', from: '', to: '' }, 7_200_001)).toMatchObject({
    fromMs: 3_600_000,
    toMs: null,
  })
})

test('shows facts without those that are not there, and events and spans in their order', async () => {
  const page = await renderPage(() => (
    <>
      <Facts facts={[['Version', 'v1'], null, ['Suite', 'built-in']]} />
      <Timeline
        label="Happened"
        events={[
          { key: '1', at: '0.2 s', title: 'Cut in', state: 'warn' },
          { key: '2', at: '1.4 s', title: 'Braked' },
        ]}
      />
      <Spans label="Calls" spans={[{ key: 'a', name: 'search', fromMs: 0, toMs: 12, detail: 'arguments' }]} />
    </>
  ))
  expect(page.container.querySelectorAll('dt')).toHaveLength(2)
  expect(page.getByRole('list', { name: 'Happened' }).textContent).toContain('Cut in')
  expect(page.getByRole('list', { name: 'Calls' }).textContent).toContain('12 ms')
})
