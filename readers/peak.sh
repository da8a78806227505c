#!/bin/bash
# peak.sh BIN DIR: peak RSS and user time of track, no charts
d=$(mktemp -d); /usr/bin/time -f "%M KB %U user %e s exit %x" "$1" track --no-charts --store $d/s.db --out $d/out "$2" >$d/o 2>$d/e; echo "$1 $2: $(tail -2 $d/e | tr '\n' ' ') db $(du -m $d/s.db | cut -f1)MB figs $(wc -l < $d/out/figures.csv) series $(wc -l < $d/out/series.csv) cmp $(wc -l < $d/out/compare.csv)"; (cd $d/out; cat figures.csv series.csv compare.csv | md5sum; md5sum < $d/o); rm -r $d
