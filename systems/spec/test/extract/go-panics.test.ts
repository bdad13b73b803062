import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const fault = `package fault

type Gone struct{ Text string }

func (g Gone) Error() string { return g.Text }

type Told struct {
	Status int
	Text   string
}

func (t *Told) Error() string { return t.Text }

func Refuse(status int, text string) {
	panic(&Told{Status: status, Text: text})
}
`

const errors = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'fault/fault.go': fault, ...files })
  return factsOf(set.facts, 'error')
    .map(({ status, grade, message }) => `${status} ${grade} ${message}`)
    .toSorted()
}

const goMod = (path: string) => ({ 'go.mod': `module example.com/lock\n\ngo 1.24\n\nrequire ${path}\n` })

test('what a handler of httprouter panics with is answered by its handler of panics [SPEC-PACKS-01]', async () => {
  const found = await errors({
    ...goMod('github.com/julienschmidt/httprouter v1.3.0'),
    'main.go': `package main

import (
	"net/http"

	"example.com/lock/fault"
	"github.com/julienschmidt/httprouter"
)

func gate(w http.ResponseWriter, r *http.Request, p httprouter.Params) {
	if p.ByName("gate") == "old" {
		panic(fault.Gone{Text: "filled in"})
	}
	if r.Header.Get("X-Pilot") == "" {
		fault.Refuse(http.StatusForbidden, "pilots only")
	}
	w.WriteHeader(http.StatusAccepted)
}

func answer(w http.ResponseWriter, r *http.Request, thing interface{}) {
	if gone, ok := thing.(fault.Gone); ok {
		http.Error(w, gone.Text, http.StatusGone)
		return
	}
	if told, ok := thing.(*fault.Told); ok {
		http.Error(w, told.Text, told.Status)
		return
	}
	http.Error(w, "no luck", http.StatusInternalServerError)
}

func main() {
	r := httprouter.New()
	r.GET("/gates/:gate", gate)
	r.PanicHandler = answer
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(found).toEqual(['403 proved pilots only', '410 proved filled in'])
})

const fiber = (recovering: string) =>
  errors({
    ...goMod('github.com/gofiber/fiber/v2 v2.52.0'),
    'main.go': `package main

import (
	"errors"

	"example.com/lock/fault"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
)

var _ = recover.New

func answer(c *fiber.Ctx, err error) error {
	status := fiber.StatusInternalServerError
	var told *fault.Told
	if errors.As(err, &told) {
		status = told.Status
	}
	return c.Status(status).SendString(err.Error())
}

func main() {
	app := fiber.New(fiber.Config{ErrorHandler: answer})
	${recovering}
	app.Get("/gates", func(c *fiber.Ctx) error {
		if c.Query("high") == "yes" {
			fault.Refuse(409, "the water is high")
		}
		return c.SendStatus(204)
	})
	app.Listen(":1")
}
`,
  })

test('what a handler of Fiber panics with is answered as what it gives back, where middleware recovers [SPEC-PACKS-01]', async () => {
  expect(await fiber('app.Use(recover.New())')).toEqual(['409 proved the water is high'])
  expect(await fiber('')).toEqual([])
})

test('what a handler panics with is answered by middleware of the repository that recovers [SPEC-PACKS-01]', async () => {
  const found = await errors({
    ...goMod('github.com/go-chi/chi/v5 v5.1.0'),
    'main.go': `package main

import (
	"net/http"

	"example.com/lock/fault"
	"github.com/go-chi/chi/v5"
)

func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if thing := recover(); thing != nil {
				if told, ok := thing.(*fault.Told); ok {
					http.Error(w, told.Text, told.Status)
					return
				}
				http.Error(w, "no luck", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func main() {
	r := chi.NewRouter()
	r.Use(recovering)
	r.Get("/gates", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("high") == "yes" {
			fault.Refuse(http.StatusConflict, "the water is high")
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":1", r)
}
`,
  })
  expect(found).toEqual(['409 proved the water is high'])
})
