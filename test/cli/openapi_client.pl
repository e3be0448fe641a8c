# Makes a client of the OpenAPI document with OpenAPI::Client, and calls the API with it:
#
#     perl openapi_client.pl wecom.json http://127.0.0.1:8080 CORP_ID SECRET AGENT_ID
use v5.36;
use utf8;
use Mojo::JSON qw(encode_json);
use OpenAPI::Client;

my ($document, $server, $corp_id, $secret, $agent_id) = @ARGV;
my $client = OpenAPI::Client->new($document, base_url => $server);

my $token;
$client->on(after_build_tx => sub ($self, $tx) { $tx->req->url->query->append(access_token => $token) if $token });

sub result ($tx) {
  return {status => $tx->res->code, answer => $tx->res->json};
}

my $fetched = result($client->call("Credential.getToken", {corpid => $corp_id, corpsecret => $secret}));
$token = $fetched->{answer}{access_token};

my $user = result($client->call("Users.get", {userid => "zhangsan"}));
my $message = {touser => "zhangsan", msgtype => "text", agentid => 0 + $agent_id, text => {content => "来自 Perl"}};
my $sent = result($client->call("Messages.send", {body => $message}));
my $nobody = result($client->call("Users.get", {userid => "nobody"}));

# The client itself refuses these by the document.
my $absent = result($client->call("Users.get", {}));
my $wrong = result($client->call("Messages.send", {body => {%$message, agentid => "not a number"}}));

say encode_json({user => $user, sent => $sent, nobody => $nobody, absent => $absent, wrong => $wrong});
