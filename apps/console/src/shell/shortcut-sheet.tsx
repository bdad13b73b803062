import { Modal } from '@mantine/core'
import { useState } from 'react'
import { areShortcutsOn, switchShortcuts, useShortcuts } from '@heavylift/ui/shell'
import styles from './shell.module.css'

/** Every key that works on the page that is open. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = useShortcuts()
  const [isOn, setIsOn] = useState(areShortcutsOn)
  return (
    <Modal opened onClose={onClose} title="Keys" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={styles['sheet']}>
        {shortcuts.toReversed().map(({ keys, label }) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd>
              {keys.split(' ').map((key) => (
                <kbd key={key} className={styles['key']}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className={styles['switch']}>
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            switchShortcuts(event.currentTarget.checked)
            setIsOn(event.currentTarget.checked)
          }}
        />
        Single keys work (Ctrl K searches either way)
      </label>
      <p className="hl-fine">
        In a table, arrow keys move between rows and Enter opens one. Esc closes what is open.
      </p>
    </Modal>
  )
}
