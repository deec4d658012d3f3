#!/bin/bash
# Makes assets/ocr/mrz.traineddata again from nothing. One process draws lines while another trains on those there are.
#
#   train.sh [FOLDER]        FOLDER keeps everything between runs; build/ocr-model of this project unless told.
#
# Stop it at any moment and call it again: batches and stages that are done stay done, a stage goes on from its last
# checkpoint. For a trial: ZONES=40 ITERATIONS=200 train.sh /tmp/trial (zones a batch, iterations a stage).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$here/../../build/ocr-model}
python=${PYTHON:-/usr/bin/python3}
network='[1,36,0,1 Ct3,3,16 Mp3,3 Lfys48 Lfx96 Lrx96 Lfx128 O1c1]'

# Batches of lines in the order they are drawn: seed, kind (generate.py), zones.
batches='301 easy 1500
101 early 2600
102 early 2600
302 usual 2500
304 beside-most 2500
103 early 2600
201 early-beside 2600
303 usual 2500
104 early 2600
305 usual 2500
202 early-beside 2600
105 early 2600
306 beside-some 2500
321 strips 2400
322 strips 2400'

# Stages of training: name, rate, iterations, seed of the last batch that it needs (it uses all up to there). The
# weights at the ends of the stages mean-* are averaged.
stages='easy 0.001 9000 301
first 0.001 20000 302
more 0.001 31000 306
lower 0.0003 30000 322
low 0.0001 27000 322
mean-1 0.00003 1500 322
mean-2 0.00003 1500 322
mean-3 0.00003 1500 322
mean-4 0.00003 1500 322
mean-5 0.00003 1500 322
mean-6 0.00003 1500 322
mean-7 0.00003 1500 322'

main() {
  check_tools
  mkdir -p "$work/done" "$work/lines"
  cd "$work"
  exec 9> lock
  flock -n 9 || { echo 'Another run is at work in this folder.' >&2; exit 1; }
  export OMP_THREAD_LIMIT=1
  make_alphabet
  draw_batches > draw.log 2>&1 &
  drawer=$!
  trainer=
  trap 'stop_children' EXIT
  trap 'exit 130' INT TERM
  train_stages
  wait "$drawer"
  finish
}

check_tools() {
  local missing='' tool
  for tool in tesseract lstmtraining unicharset_extractor combine_lang_model combine_tessdata shuf flock; do
    command -v "$tool" > /dev/null || missing="$missing $tool"
  done
  "$python" -c 'import cv2, numpy, PIL' 2> /dev/null || missing="$missing python-modules"
  (cd "$here" && "$python" -B -c 'import sys, glyphs; sys.exit(bool(glyphs.missing_fonts()))' 2> /dev/null) ||
    missing="$missing fonts"
  [ -z "$missing" ] && return
  echo "Missing:$missing. On Debian:" >&2
  echo '  sudo apt-get install tesseract-ocr python3-pil python3-numpy python3-opencv fonts-ocr-b fonts-liberation fonts-dejavu-core' >&2
  exit 1
}

stop_children() {
  kill $trainer "$drawer" $(pgrep -P "$drawer" || true) 2> /dev/null || true
}

# The 37 characters, and a model that knows them and nothing else.
make_alphabet() {
  [ -f done/alphabet ] && return
  mkdir -p script start
  for _ in 1 2 3; do echo 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<'; done > alphabet.txt
  unicharset_extractor --output_unicharset mrz.unicharset --norm_mode 1 alphabet.txt > alphabet.log 2>&1
  # combine_lang_model wants this file; one line of comment is enough.
  echo '# none' > script/radical-stroke.txt
  combine_lang_model --input_unicharset mrz.unicharset --script_dir script --output_dir start --lang mrz >> alphabet.log 2>&1
  touch done/alphabet
}

draw_batches() {
  local seed kind zones page
  while read -r seed kind zones; do
    [ -f "done/batch-$seed" ] && continue
    rm -rf "drawing-$seed" "lines/$seed"
    "$python" -B "$here/generate.py" "$kind" "$seed" "${ZONES:-$zones}" "drawing-$seed"
    for page in "drawing-$seed"/*.tif; do
      tesseract "$page" "${page%.tif}" --psm 13 lstm.train
      rm "$page"
    done
    mv "drawing-$seed" "lines/$seed"
    touch "done/batch-$seed"
    echo "$(date +%T) batch $seed ($kind) drawn"
  done <<< "$batches"
}

# The files of all batches up to a seed, in an order that depends on nothing but the stage's number.
list_lines() {
  local last=$1 number=$2 seed
  while read -r seed _; do
    printf '%s\n' "$PWD/lines/$seed"/*.lstmf
    [ "$seed" = "$last" ] && break
  done <<< "$batches" | shuf --random-source=<(yes "$number")
}

train_stages() {
  local name rate iterations last number=0 from=() start
  while read -r name rate iterations last <&3; do
    number=$((number + 1))
    if [ ! -f "done/stage-$name" ]; then
      until [ -f "done/batch-$last" ]; do
        if ! kill -0 "$drawer" 2> /dev/null && [ ! -f "done/batch-$last" ]; then
          echo 'Drawing stopped; its end:' >&2
          tail -3 draw.log >&2
          exit 1
        fi
        sleep 2
      done
      list_lines "$last" "$number" > "$name.list"
      mkdir -p "stage-$name"
      # A checkpoint that lies in the stage's own folder is gone on from; the options beside it then count for nothing.
      start=(--net_spec "$network")
      [ ${#from[@]} -gt 0 ] && start=(--continue_from "${from[0]}" --reset_learning_rate)
      echo "$(date +%T) stage $name: rate $rate, $(wc -l < "$name.list") files"
      lstmtraining --traineddata start/mrz/mrz.traineddata "${start[@]}" --learning_rate "$rate" \
        --model_output "stage-$name/mrz" --train_listfile "$name.list" --max_iterations "${ITERATIONS:-$iterations}" \
        --target_error_rate 0.001 --debug_interval 0 >> "$name.log" 2>&1 &
      # In the background, so that a signal to this script ends it at once.
      trainer=$!
      wait "$trainer" || true
      trainer=
      grep -q 'Finished!' "$name.log" || { echo "Stage $name did not finish; its end:" >&2; tail -3 "$name.log" >&2; exit 1; }
      cp "stage-$name/mrz_checkpoint" "$name.checkpoint"
      touch "done/stage-$name"
      echo "$(date +%T) stage $name: $(grep -o 'BCER train=[0-9.]*%' "$name.log" | tail -1)"
    fi
    from=("$PWD/$name.checkpoint")
  done 3<<< "$stages"
}

# A network or checkpoint as a model file; $3 is --convert_to_int or nothing.
model_of() {
  lstmtraining --stop_training $3 --continue_from "$1" --traineddata start/mrz/mrz.traineddata --model_output "$2" >> finish.log 2>&1
}

# Integer weights in the end: the app's own arithmetic (shared/vision/network) runs no others.
finish() {
  local checkpoint part parts=()
  mkdir -p mean
  for checkpoint in mean-*.checkpoint; do
    part=mean/${checkpoint%.checkpoint}
    model_of "$checkpoint" "$part.traineddata" ''
    combine_tessdata -e "$part.traineddata" "$part.lstm" >> finish.log 2>&1
    parts+=("$part.lstm")
  done
  "$python" -B "$here/average.py" mean/all.lstm "${parts[@]}"
  model_of mean/all.lstm mrz.traineddata --convert_to_int
  ls -l "$PWD/mrz.traineddata"
  sha256sum mrz.traineddata
}

# On one line: a shell reads on in its script, which may have changed meanwhile.
main; exit
