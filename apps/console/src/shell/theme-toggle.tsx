import { useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { Icon, useShortcut } from '@heavylift/ui'
import { applyTheme, currentTheme } from '@heavylift/ui/shell'
import styles from './shell.module.css'

export function ThemeToggle() {
  const [name, setName] = useState(currentTheme)
  const { setColorScheme } = useMantineColorScheme()
  const other = name === 'dark' ? 'light' : 'dark'
  const toggle = () => {
    applyTheme(other)
    setColorScheme(other)
    setName(other)
  }
  useShortcut('t', `Switch to the ${other} theme`, toggle)
  return (
    <button
      type="button"
      className={styles['iconButton']}
      aria-label={`Switch to the ${other} theme`}
      title={`Switch to the ${other} theme (T)`}
      onClick={toggle}
    >
      <Icon name={name === 'dark' ? 'sun' : 'moon'} />
    </button>
  )
}
