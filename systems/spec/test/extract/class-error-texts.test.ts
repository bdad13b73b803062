import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const site = (errors: string, raised: string) => ({
  'requirements.txt': 'djangorestframework\n',
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "port.settings")\n',
  'port/__init__.py': '',
  'port/settings.py': 'ROOT_URLCONF = "port.urls"\n',
  'port/errors.py': errors,
  'port/urls.py': `
from django.urls import path
from .views import Berths
urlpatterns = [path("berths", Berths.as_view())]
`,
  'port/views.py': `
from rest_framework.response import Response
from rest_framework.views import APIView
from .errors import BerthTaken
class Berths(APIView):
    def get(self, request):
        if request.query_params.get("key") == "7":
            raise ${raised}
        return Response({"free": True})
`,
})

const own = `
from rest_framework import status
from rest_framework.exceptions import APIException
class PortError(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_detail = "The port is closed."
class BerthTaken(PortError):
    default_detail = "The berth is taken."
`

test.each([
  ['made with nothing', own, 'BerthTaken()', ' The berth is taken.'],
  ['raised as a class', own, 'BerthTaken', ' The berth is taken.'],
  ['with a code alone', own, 'BerthTaken(code="taken")', ' The berth is taken.'],
  ['with a text of its own', own, 'BerthTaken("Gone for good.")', ' Gone for good.'],
  ['with what is not known', own, 'BerthTaken(detail=request.user.name)', ''],
  [
    'that has it of the class above it',
    own.replace('    default_detail = "The berth is taken."', '    pass'),
    'BerthTaken()',
    ' The port is closed.',
  ],
  [
    'whose constructor says another',
    own.replace(
      'default_detail = "The berth is taken."',
      'default_detail = "The berth is taken."\n    def __init__(self):\n        super().__init__(detail="No room.")',
    ),
    'BerthTaken()',
    ' No room.',
  ],
])(
  'an error of REST framework, %s, says what its class says by default [SPEC-EXTRACT-06]',
  async (_, errors, raised, answer) => {
    expect(await printedAnswers(site(errors, raised))).toEqual({
      '/berths': [`409${answer} where query.key == 7`, '200'],
    })
  },
)
