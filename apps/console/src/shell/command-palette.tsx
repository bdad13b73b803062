import { Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { SearchHit } from '@heavylift/ui'
import type { SystemsAnswer } from '../shapes.ts'
import { consoleSystems } from '../systems.ts'
import { pageAddress } from './page-address.ts'

interface Group {
  group: string
  hits: SearchHit[]
}

function pageHits(systems: SystemsAnswer | null, text: string): SearchHit[] {
  const all: SearchHit[] = [
    { label: 'Home', detail: 'What runs now', to: '/' },
    ...(systems?.systems ?? []).flatMap((system) =>
      system.pages.map((page) => ({
        label: page.title,
        detail: system.title,
        to: pageAddress(system, page),
      })),
    ),
    { label: 'Ledger', detail: 'Decisions, latency, cost', to: '/ledger' },
    { label: 'Experiments', detail: 'Conversion by arm, uplift', to: '/experiments' },
    { label: 'Keys and settings', detail: 'API keys, configuration', to: '/settings' },
  ]
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter((hit) => words.every((word) => `${hit.label} ${hit.detail}`.toLowerCase().includes(word)))
}

/** Search over pages at once and over what the systems hold as answers arrive. Arrow keys, Enter, Esc. */
export default function CommandPalette({
  systems,
  onClose,
}: {
  systems: SystemsAnswer | null
  onClose: () => void
}) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  const asked = useDeferredValue(text.trim())

  const found = useQuery<Group[]>({
    queryKey: ['palette', asked],
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Group[]> => {
      const running = new Set(systems?.systems.map((system) => system.name))
      const answers = await Promise.all(
        consoleSystems
          .filter((system) => running.has(system.name))
          .map((system) => system.search?.(asked, signal) ?? Promise.resolve([])),
      )
      return answers.flat()
    },
  })

  const groups = useMemo(() => {
    const pages = { group: 'Pages', hits: pageHits(systems, text) }
    return [pages, ...(text.trim().length > 1 ? (found.data ?? []) : [])].filter(
      (group) => group.hits.length > 0,
    )
  }, [systems, text, found.data])
  const flat = groups.flatMap((group) => group.hits)
  const selected = Math.min(at, Math.max(0, flat.length - 1))

  const open = (hit: SearchHit | undefined) => {
    if (!hit) return
    onClose()
    void navigate({ to: hit.to })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((selected + 1) % Math.max(1, flat.length))
    else if (event.key === 'ArrowUp') setAt((selected - 1 + flat.length) % Math.max(1, flat.length))
    else if (event.key === 'Enter') open(flat[selected])
    else return
    event.preventDefault()
  }

  let index = -1
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      aria-label="Search"
    >
      <input
        className="hl-palette-input"
        placeholder="Search pages and everything in them"
        aria-label="Search"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={flat.length > 0 ? `palette-${selected}` : undefined}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <ul className="hl-palette-list" id="palette-list" role="listbox" aria-label="Results">
        {groups.map((group) => [
          <li key={group.group} role="presentation">
            {group.group}
          </li>,
          ...group.hits.map((hit) => {
            index++
            const own = index
            return (
              <li
                key={`${group.group}${hit.to}`}
                id={`palette-${own}`}
                role="option"
                aria-selected={own === selected}
                onMouseMove={() => setAt(own)}
                onClick={() => open(hit)}
              >
                <span className="hl-cut">{hit.label}</span>
                <small>{hit.detail}</small>
              </li>
            )
          }),
        ])}
        {flat.length === 0 ? (
          <li role="presentation">{found.isFetching ? 'Searching…' : `Nothing matches “${text}”.`}</li>
        ) : null}
      </ul>
    </Modal>
  )
}
