import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './shell.module.css'

/** The rail on a phone: slides in from the left, keeps the focus inside, Esc closes it. */
export default function RailDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Drawer
      opened
      onClose={onClose}
      size={280}
      padding={0}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': 'Navigation' } }}
      classNames={{ body: styles['drawer'] ?? '' }}
    >
      {children}
    </Drawer>
  )
}
