import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const goMod = { 'go.mod': 'module example.com/quay\n\ngo 1.22\n' }

/** What is told, and what is asked, by operation. */
const answersOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ ...goMod, ...files })
  const found: Record<string, { told: number[]; asked: number[] }> = {}
  for (const { id, method, path } of factsOf(set.facts, 'operation')) {
    const own = set.facts.filter(
      (fact) => (fact.kind === 'error' || fact.kind === 'response') && fact.operation === id,
    )
    const statuses = (isOpen: boolean) =>
      [
        ...new Set(
          own.flatMap((fact) =>
            'status' in fact && typeof fact.status === 'number' && (fact.grade === 'open') === isOpen
              ? [fact.status]
              : [],
          ),
        ),
      ].toSorted((a, b) => a - b)
    found[`${method} ${path}`] = { told: statuses(false), asked: statuses(true) }
  }
  return found
}

test('a handler of errors of Gin tells errors apart by the kind that they are kept as, and by what a library may have failed with [SPEC-PACKS-01]', async () => {
  expect(
    await answersOf({
      'main.go': `package main

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

type Fault struct {
	Sort  int
	Says string
}

func (f *Fault) Error() string { return f.Says }

const (
	Missing = iota + 1
	Taken
)

var statuses = map[int]int{Missing: http.StatusNotFound, Taken: http.StatusConflict}

func answers(c *gin.Context) {
	c.Next()
	last := c.Errors.Last()
	if last == nil || c.Writer.Written() {
		return
	}
	var fault *Fault
	switch {
	case last.IsType(gin.ErrorTypeBind):
		c.AbortWithStatusJSON(http.StatusBadRequest, gin.H{"says": last.Error()})
	case errors.As(last.Err, &fault):
		c.AbortWithStatusJSON(statuses[fault.Sort], gin.H{"says": fault.Says})
	default:
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"says": "oh"})
	}
}

type Berth struct {
	Name string
}

type berths struct{ db *pgxpool.Pool }

func scan(row pgx.CollectableRow) (b Berth, err error) {
	err = row.Scan(&b.Name)
	return b, err
}

func (s *berths) find(ctx context.Context, name string) (*Berth, error) {
	rows, _ := s.db.Query(ctx, "select name from berths where name = $1", name)
	b, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, &Fault{Sort: Missing, Says: "no berth"}
	}
	if err != nil {
		return nil, err
	}
	return &b, nil
}

func (s *berths) all(ctx context.Context) ([]Berth, error) {
	rows, _ := s.db.Query(ctx, "select name from berths")
	return pgx.CollectRows(rows, scan)
}

func (s *berths) add(ctx context.Context, b Berth) error {
	_, err := s.db.Exec(ctx, "insert into berths values ($1)", b.Name)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return &Fault{Sort: Taken, Says: "taken"}
	}
	return err
}

func main() {
	var store berths
	r := gin.New()
	r.Use(answers)
	r.GET("/berths/:name", func(c *gin.Context) {
		b, err := store.find(c, c.Param("name"))
		if err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(http.StatusOK, b)
	})
	r.GET("/berths", func(c *gin.Context) {
		all, err := store.all(c)
		if err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(http.StatusOK, all)
	})
	r.POST("/berths", func(c *gin.Context) {
		var b Berth
		if err := c.ShouldBindJSON(&b); err != nil {
			_ = c.Error(err).SetType(gin.ErrorTypeBind)
			return
		}
		if err := store.add(c, b); err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(http.StatusCreated, b)
	})
	r.Run()
}
`,
    }),
  ).toMatchObject({
    'GET /berths/{name}': { told: [200, 404, 500], asked: [] },
    'GET /berths': { told: [200, 500], asked: [] },
    'POST /berths': { told: [201, 400, 409, 500] },
  })
})

test('a handler of errors that a program of Fiber is given tells what gorm and the validator fail with, where they may [SPEC-PACKS-01]', async () => {
  expect(
    await answersOf({
      'main.go': `package main

import (
	"errors"

	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"
	"golang.org/x/crypto/bcrypt"
	"gorm.io/gorm"
)

var db *gorm.DB
var checks = validator.New()

type Boat struct {
	Name string \`json:"name" validate:"required"\`
	Key  []byte
}

func answers(c *fiber.Ctx, err error) error {
	var own *fiber.Error
	var fields validator.ValidationErrors
	switch {
	case errors.As(err, &fields):
		return c.Status(fiber.StatusUnprocessableEntity).SendString("unfit")
	case errors.As(err, &own):
		return c.Status(own.Code).SendString(own.Message)
	case errors.Is(err, gorm.ErrRecordNotFound):
		return c.Status(fiber.StatusNotFound).SendString("none")
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return c.Status(fiber.StatusConflict).SendString("again")
	}
	return c.Status(fiber.StatusInternalServerError).SendString("oh")
}

func find(name string) (*Boat, error) {
	b := new(Boat)
	if err := db.Where("name = ?", name).Take(b).Error; err != nil {
		return nil, err
	}
	return b, nil
}

func list() (all []Boat, err error) {
	err = db.Find(&all).Error
	return all, err
}

func read(c *fiber.Ctx, into any) error {
	if err := c.BodyParser(into); err != nil {
		return fiber.NewError(fiber.StatusBadRequest, "unread")
	}
	return checks.Struct(into)
}

func main() {
	app := fiber.New(fiber.Config{ErrorHandler: answers})
	app.Get("/boats/:name", func(c *fiber.Ctx) error {
		b, err := find(c.Params("name"))
		if err != nil {
			return err
		}
		return c.JSON(b)
	})
	app.Get("/boats", func(c *fiber.Ctx) error {
		all, err := list()
		if err != nil {
			return err
		}
		return c.JSON(all)
	})
	app.Post("/boats", func(c *fiber.Ctx) error {
		b := new(Boat)
		if err := read(c, b); err != nil {
			return err
		}
		key, err := bcrypt.GenerateFromPassword([]byte(b.Name), bcrypt.DefaultCost)
		if err != nil {
			return err
		}
		b.Key = key
		if err := db.Create(b).Error; err != nil {
			return err
		}
		return c.Status(fiber.StatusCreated).JSON(b)
	})
	app.Listen(":80")
}
`,
    }),
  ).toEqual({
    'GET /boats/{name}': { told: [200, 404, 500], asked: [] },
    'GET /boats': { told: [200, 500], asked: [] },
    'POST /boats': { told: [201, 400, 409, 422, 500], asked: [] },
  })
})

test('handlers that are a type of functions with a method of its own are followed in each other [SPEC-EXTRACT-04]', async () => {
  expect(
    await answersOf({
      'main.go': `package main

import (
	"errors"
	"net/http"
)

type failing func(w http.ResponseWriter, r *http.Request) error

func (f failing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := f(w, r); err != nil {
		w.WriteHeader(http.StatusTeapot)
	}
}

func known(next http.Handler) http.Handler {
	return failing(func(w http.ResponseWriter, r *http.Request) error {
		if r.Header.Get("X-Pilot") == "" {
			return errors.New("who?")
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

func moor(w http.ResponseWriter, r *http.Request) error {
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func main() {
	mux := http.NewServeMux()
	mux.Handle("POST /moorings", known(failing(moor)))
	http.ListenAndServe(":80", mux)
}
`,
    }),
  ).toEqual({ 'POST /moorings': { told: [202, 418], asked: [] } })
})

test('a handler of Echo keeps what it answers where a call that it hands the error of is given code to run [SPEC-EXTRACT-04]', async () => {
  expect(
    await answersOf({
      'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

var db *gorm.DB

type Boat struct {
	Name string \`json:"name"\`
}

func moor(b *Boat) error {
	return db.Transaction(func(tx *gorm.DB) error {
		if err := tx.Save(b).Error; err != nil {
			return err
		}
		return tx.Create(b).Error
	})
}

func main() {
	e := echo.New()
	e.POST("/boats", func(c echo.Context) error {
		b := new(Boat)
		if err := c.Bind(b); err != nil {
			return echo.NewHTTPError(http.StatusTeapot, "unread")
		}
		if err := moor(b); err != nil {
			return err
		}
		return c.JSON(http.StatusCreated, b)
	})
	e.Start(":80")
}
`,
    }),
  ).toEqual({ 'POST /boats': { told: [201, 418, 500], asked: [] } })
})

test('middleware of Echo that asks for the path of a route knows which it is [SPEC-EXTRACT-04]', async () => {
  expect(
    await answersOf({
      'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func pilots(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Path() == "/boats/mine" && c.Request().Header.Get("X-Pilot") == "" {
			return c.NoContent(http.StatusForbidden)
		}
		return next(c)
	}
}

func main() {
	e := echo.New()
	e.Use(pilots)
	ok := func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }
	e.GET("/boats/mine", ok)
	e.GET("/boats/:name", ok)
	e.Start(":80")
}
`,
    }),
  ).toMatchObject({
    'GET /boats/mine': { told: [204, 403] },
    'GET /boats/{name}': { told: [204], asked: [] },
  })
})
