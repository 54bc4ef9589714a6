# Varnish in front of the newsroom, told by the worker what to drop: needs the module xkey (varnish-modules).
#
#   PURGE_URL=http://127.0.0.1:6081/  PURGE_STYLE=varnish  PURGE_TOKEN=the same as below

vcl 4.1;

import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
}

# Where workers run.
acl newsroom {
    "localhost";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ newsroom || req.http.Authorization != "Bearer REPLACE-THIS-TOKEN") {
            return (synth(403));
        }
        if (!req.http.Surrogate-Key) {
            return (synth(400));
        }
        # Softly: given away once more while it is made anew. Else it is gone.
        if (req.http.Soft-Purge == "1") {
            set req.http.Dropped = xkey.softpurge(req.http.Surrogate-Key);
        } else {
            set req.http.Dropped = xkey.purge(req.http.Surrogate-Key);
        }
        return (synth(200, "Dropped " + req.http.Dropped));
    }
    # What staff do, and readers' own pages, are never kept. Public pages and pictures are the same for everybody.
    if (req.url ~ "^/(admin|accounts|alerts|preview)/") {
        return (pass);
    }
    unset req.http.Cookie;
}

sub vcl_backend_response {
    set beresp.http.xkey = beresp.http.Surrogate-Key;
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
}
