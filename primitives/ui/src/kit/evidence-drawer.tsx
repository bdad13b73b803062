import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'
import styles from './evidence-drawer.module.css'

/**
 * Why something is as it is, beside the list that it was chosen from. Opens while `isOpen`; the page keeps in its URL what is
 * chosen, so that a link shows the same. Esc closes it and the keyboard is back where it was.
 */
export function EvidenceDrawer({
  isOpen,
  onClose,
  title,
  note,
  to,
  actions,
  children,
}: {
  isOpen: boolean
  onClose: () => void
  title: string
  /** Small print below the title: when, of whom. */
  note?: ReactNode
  /** The page that shows the same alone. */
  to?: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={560}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: styles['title'] ?? '', header: styles['header'] ?? '' }}
    >
      {isOpen ? (
        <div className="hl-stack">
          {note || to || actions ? (
            <div className={styles['note']}>
              {note ? <span className="hl-fine">{note}</span> : null}
              {to ? (
                <Link to={to as '/'}>
                  Open as a page <Icon name="right" width={12} height={12} />
                </Link>
              ) : null}
              {actions}
            </div>
          ) : null}
          {children}
        </div>
      ) : null}
    </Drawer>
  )
}

/** One part of the evidence: what was known, what was decided, what came of it. */
export function EvidencePart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['part']}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** JSON as people read it, with its own scroll when it is long. */
export function Json({ value, label }: { value: unknown; label: string }) {
  return (
    <pre className={styles['json']} tabIndex={0} role="region" aria-label={label}>
      {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
    </pre>
  )
}
