import { describe, expect, it } from 'vitest'
import { compact, loadConversation, saveConversation } from '../../storefront/assistant/history.ts'

function memoryStorage(): Storage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}

describe('conversation over page loads', () => {
  it('comes back as it was saved [SHOP-STOREFRONT-03]', () => {
    const storage = memoryStorage()
    const saved = { conversationId: 'conv_1', turns: [{ message: 'hello', parts: [] }], isOpen: true }
    saveConversation(storage, saved)
    expect(loadConversation(storage)).toEqual(saved)
  })

  it('starts anew when what is stored is broken [SHOP-STOREFRONT-03]', () => {
    const storage = memoryStorage()
    storage.setItem('heavylift.conversation', '{"turns":')
    expect(loadConversation(storage).turns).toEqual([])
  })

  it('keeps the last twenty turns', () => {
    const storage = memoryStorage()
    const turns = Array.from({ length: 25 }, (_, index) => ({ message: `${index}`, parts: [] }))
    saveConversation(storage, { conversationId: 'conv_1', turns, isOpen: false })
    expect(loadConversation(storage).turns.map((turn) => turn.message)).toEqual(
      turns.slice(5).map((turn) => turn.message),
    )
  })
})

describe('compact', () => {
  it('joins deltas of one text and leaves out passing states', () => {
    expect(
      compact([
        { type: 'data-status', id: 'status', transient: true, data: { text: 'Searching' } },
        { type: 'text-delta', id: 'a', delta: 'Hello ' },
        { type: 'text-delta', id: 'a', delta: 'there' },
        { type: 'text-delta', id: 'b', delta: '!' },
      ]),
    ).toEqual([
      { type: 'text-delta', id: 'a', delta: 'Hello there' },
      { type: 'text-delta', id: 'b', delta: '!' },
    ])
  })
})
