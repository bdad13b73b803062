// @vitest-environment happy-dom
import { useState } from 'react'
import { expect, test } from 'vitest'
import { DataTable } from '../src/index.ts'
import type { Column } from '../src/index.ts'
import { renderPage } from '../src/testing/index.ts'

interface Lamp {
  id: string
  name: string
  watts: number | null
}

const columns: Column<Lamp>[] = [
  { key: 'name', title: 'Name', sortBy: ({ name }) => name, render: ({ name }) => name },
  {
    key: 'watts',
    title: 'Watts',
    isNumber: true,
    sortBy: ({ watts }) => watts,
    render: ({ watts }) => watts,
  },
  { key: 'id', title: 'Id', isExtra: true, render: ({ id }) => id },
]
const lamps: Lamp[] = [
  { id: 'a', name: 'Halo 10', watts: 40 },
  { id: 'b', name: 'halo 9', watts: null },
  { id: 'c', name: 'Orbit', watts: 60 },
]

function Table({ rows = lamps }: { rows?: Lamp[] }) {
  const [open, setOpen] = useState<string | null>(null)
  return (
    <DataTable
      caption="Lamps"
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      selected={open}
      onOpen={({ id }) => setOpen(id)}
      hasColumnChoice
    />
  )
}

const shownNames = (page: Awaited<ReturnType<typeof renderPage>>) =>
  page
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('td')?.textContent)

test('sorts as people order texts, the largest number first, what is unknown last, and keeps it in the URL [UI-TABLE-01]', async () => {
  const page = await renderPage(Table, { at: '/lamps' })
  expect(shownNames(page)).toEqual(['Halo 10', 'halo 9', 'Orbit'])
  await page.user.click(page.getByRole('button', { name: 'Name' }))
  expect(shownNames(page)).toEqual(['halo 9', 'Halo 10', 'Orbit'])
  expect(page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
  await page.user.click(page.getByRole('button', { name: 'Watts' }))
  expect(shownNames(page)).toEqual(['Orbit', 'Halo 10', 'halo 9'])
  expect(page.address()).toBe('/lamps?sort=-watts')
  await page.user.click(page.getByRole('button', { name: 'Watts' }))
  expect(shownNames(page)).toEqual(['Halo 10', 'Orbit', 'halo 9'])
  await page.user.click(page.getByRole('button', { name: 'Watts' }))
  expect(page.address()).toBe('/lamps')
})

test('shows the columns that the URL or a person chooses', async () => {
  const page = await renderPage(Table, { at: '/lamps?columns=name.id' })
  expect(page.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['Name', 'Id'])
  await page.user.click(page.getByRole('button', { name: 'Choose columns' }))
  await page.user.click(await page.findByLabelText('Watts'))
  expect(page.address()).toBe('/lamps?columns=name.watts.id')
  await page.user.click(page.getByLabelText('Id'))
  expect(page.address()).toBe('/lamps')
})

test('is one stop of Tab; arrows move between rows, Enter opens', async () => {
  const page = await renderPage(Table, { at: '/lamps' })
  const rows = () => page.getAllByRole('row').slice(1)
  expect(rows().map((row) => row.tabIndex)).toEqual([0, -1, -1])
  rows()[0]?.focus()
  await page.user.keyboard('{ArrowDown}{Enter}')
  expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual([null, 'true', null])
  expect(rows().map((row) => row.tabIndex)).toEqual([-1, 0, -1])
  await page.user.keyboard('{End}')
  expect(document.activeElement).toBe(rows()[2])
})

test('draws the rows in view of a long list, and says how many there are', async () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({
    id: `l${index}`,
    name: `Lamp ${index}`,
    watts: 1,
  }))
  const page = await renderPage(() => <Table rows={many} />, { at: '/lamps' })
  expect(page.getAllByRole('row').length).toBeLessThan(100)
  expect(page.getByRole('table').getAttribute('aria-rowcount')).toBe('5001')
  expect(page.getByText('Lamp 0')).toBeTruthy()
})
