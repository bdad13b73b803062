import { Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useShortcuts } from '@heavylift/ui/shell'
import type { ListedSystem } from './navigation.ts'
import { foundHits, hasWords, pageHits } from './palette-hits.ts'
import type { PaletteGroup } from './palette-hits.ts'
import type { RecentPage } from './use-recent-pages.ts'
import styles from './palette.module.css'

type Hit = PaletteGroup['hits'][number]

/**
 * One field that finds everything: pages and commands at once, what the systems hold and the last decisions as answers arrive. Arrow
 * keys, Enter, Esc. A combobox over a listbox (WAI-ARIA 1.2), so that a screen reader hears what is selected.
 */
export default function CommandPalette({
  systems,
  recent,
  hasLedger,
  onClose,
}: {
  systems: readonly ListedSystem[]
  recent: readonly RecentPage[]
  hasLedger: boolean
  onClose: () => void
}) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  const shortcuts = useShortcuts()
  const asked = useDeferredValue(text.trim())
  const isAsking = text.trim().length > 1

  const found = useQuery({
    queryKey: ['palette', asked],
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => foundHits(systems, asked, signal),
  })

  const groups = useMemo(() => {
    const sought = text.trim()
    const commands: Hit[] = shortcuts
      .filter(({ keys, label }) => keys !== '/' && !keys.startsWith('g ') && hasWords(label, sought))
      .map(({ keys, label, run }) => ({ label, detail: `key ${keys}`, to: keys, run }))
    const opened: Hit[] = recent.map(({ to, title, system }) => ({ label: title, detail: system ?? '', to }))
    const all: PaletteGroup[] = [
      ...(sought === '' ? [{ group: 'Recent', hits: opened }] : []),
      { group: 'Pages', hits: pageHits(systems, sought, hasLedger) },
      ...(isAsking ? (found.data ?? []) : []),
      { group: 'Commands', hits: commands },
    ]
    return all.filter((group) => group.hits.length > 0)
  }, [systems, recent, hasLedger, shortcuts, text, isAsking, found.data])
  const flat = groups.flatMap((group) => group.hits)
  const selected = Math.min(at, Math.max(0, flat.length - 1))

  const open = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    // After the dialog has given the focus back, so that a command may take it.
    if (hit.run) setTimeout(hit.run, 50)
    else void navigate({ to: hit.to as '/' })
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
      attributes={{ content: { 'aria-label': 'Search' } }}
    >
      <input
        className={styles['input']}
        placeholder="Pages, products, matches, runs, decisions, commands"
        aria-label="Search"
        role="combobox"
        aria-expanded={flat.length > 0}
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={flat.length > 0 ? `palette-${selected}` : undefined}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div className={styles['list']} id="palette-list" role="listbox" aria-label="Results">
        {groups.map((group) => (
          <div key={group.group} role="group" aria-label={group.group}>
            <span className={styles['group']} aria-hidden="true">
              {group.group}
            </span>
            {group.hits.map((hit) => {
              index++
              const own = index
              return (
                <div
                  key={`${hit.to} ${hit.label}`}
                  id={`palette-${own}`}
                  ref={own === selected ? (element) => element?.scrollIntoView({ block: 'nearest' }) : null}
                  className={styles['hit']}
                  role="option"
                  aria-selected={own === selected}
                  onMouseMove={() => setAt(own)}
                  onClick={() => open(hit)}
                >
                  <span className="hl-cut">{hit.label}</span>
                  <small>{hit.detail}</small>
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <p className={styles['said']} role="status">
        {flat.length === 0
          ? found.isFetching
            ? 'Searching…'
            : `Nothing matches “${text}”.`
          : isAsking && found.isFetching
            ? 'Searching in the systems…'
            : `${flat.length === 1 ? '1 result' : `${flat.length} results`}`}
      </p>
    </Modal>
  )
}
