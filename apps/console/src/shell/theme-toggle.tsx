import { useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '@heavylift/ui'
import { applyTheme, currentTheme } from '@heavylift/ui/shell'

export function ThemeToggle() {
  const [name, setName] = useState(currentTheme)
  const { setColorScheme } = useMantineColorScheme()
  const other = name === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      className="hl-icon-button"
      aria-label={`Switch to the ${other} theme`}
      title={`Switch to the ${other} theme`}
      onClick={() => {
        applyTheme(other)
        setColorScheme(other)
        setName(other)
      }}
    >
      <Icon name={name === 'dark' ? 'sun' : 'moon'} />
    </button>
  )
}
