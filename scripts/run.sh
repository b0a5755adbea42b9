#!/usr/bin/env bash
# Fills demo data on the first start and serves the site. `make run` builds before.
. "$(dirname "$0")/common.sh"

mypage="$(target_folder)/release/mypage"
data="${MYPAGE_DATA:-data}"
# Stands while demo data is being filled: a run that was cut short is done again.
filling="$data/demo-filling"

fill_demo() {
  say "Filling 3,000 invented postings (once, under a minute); three are bad on purpose, as in real deliveries, and refused"
  mkdir -p "$data"
  touch "$filling"
  "$mypage" demo --postings 3000
  rm "$filling"
}

if [ -n "${MYPAGE_DATABASE_URL:-}" ]; then
  say "Using the database of MYPAGE_DATABASE_URL as it is; demo data: $mypage demo"
else
  export MYPAGE_DATABASE_URL="sqlite://$data/mypage.db"
  if [ ! -e "$data/mypage.db" ] || [ -e "$filling" ]; then
    fill_demo
  else
    say "Demo data is there ($data/mypage.db); newer days: $mypage demo"
  fi
fi

# Keys are made once, mails can be read at /dev/mail.
export MYPAGE_DEMO="${MYPAGE_DEMO:-1}"

say "Mails (codes to sign in) can be read at http://localhost:3000/dev/mail; staff: $mypage staff add EMAIL"
say "Serving on http://localhost:3000 (Ctrl+C stops it)"
exec "$mypage" serve
